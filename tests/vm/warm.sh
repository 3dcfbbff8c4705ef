# shellcheck shell=bash
# Runs once before the snapshot: what each run would otherwise read from the disk.
python3 -c 'import dbus, ctypes, fcntl, mmap, select, socket, struct, subprocess, json'
busctl list >/dev/null
busctl call org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority org.freedesktop.DBus.Properties Get ss org.freedesktop.PolicyKit1.Authority BackendName
ffmpeg -v error -f lavfi -i testsrc2=size=64x48 -t 0.1 -f null - 
gst-inspect-1.0 >/dev/null
v4l2-ctl --list-devices
modinfo v4l2loopback vivid >/dev/null

#!/bin/bash
# Runs inside the new system while its image is made: modules, users, what starts at boot, the initial file system.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
here=/usr/lib/camfx-vm
release=$(find /lib/modules -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V | tail -n 1)
modules=/lib/modules/$release

# --- modules: v4l2loopback was built when its package came; the compiler goes, and every module that no test uses.
built=$(find "$modules" -name 'v4l2loopback.ko*')
[ -n "$built" ] || { cat /var/lib/dkms/v4l2loopback/*/build/make.log; exit 1; }
mkdir -p "$here/modules"
cp "$built" "$here/modules/"
apt-get -qq -y -o APT::AutoRemove::RecommendsImportant=false purge --autoremove v4l2loopback-dkms linux-headers-amd64 "linux-headers-$release" dkms
install -D -t "$modules/updates/dkms" "$here"/modules/v4l2loopback.ko*
rm -r "$here/modules"
depmod "$release"

boot=(virtio_pci virtio_blk ext4 overlay virtio_console 9pnet_virtio 9p)
tests=(v4l2loopback vivid)
# closure MODULE…   prints the files of the modules and of what they need, in the order of loading
closure() {
    local module
    for module in "$@"; do modprobe -S "$release" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'; done | awk '!seen[$0]++'
}
closure "${boot[@]}" "${tests[@]}" autofs4 ip6_tables unix >/tmp/keep 2>/dev/null || true
find "$modules" -name '*.ko*' | sed 's|^/usr||' | grep -vxFf <(sed 's|^/usr||' /tmp/keep) | while read -r file; do rm "$file"; done
depmod "$release"
for module in "${tests[@]}"; do modinfo -k "$release" "$module" >/dev/null; done

# --- people: two with a home, who linger; what else a test needs it makes itself
for user in ada:1000 bob:1001; do
    useradd -m -u "${user#*:}" -s /bin/bash "${user%:*}"
    passwd -d "${user%:*}"
    mkdir -p /var/lib/systemd/linger
    touch "/var/lib/systemd/linger/${user%:*}"
done
passwd -d root

# --- boot: no disk check, no network, no console; the log stays in memory
echo camfx-vm >/etc/hostname
printf '127.0.0.1 localhost camfx-vm\n' >/etc/hosts
: >/etc/fstab
rm -f /etc/machine-id
systemd-machine-id-setup
mkdir -p /etc/systemd/journald.conf.d /etc/systemd/system.conf.d /mnt/host
printf '[Journal]\nStorage=volatile\n' >/etc/systemd/journald.conf.d/vm.conf
printf '[Manager]\nDefaultTimeoutStartSec=600\nDefaultDeviceTimeoutSec=300\n' >/etc/systemd/system.conf.d/vm.conf
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer man-db.timer \
    systemd-timesyncd.service systemd-networkd.service getty@tty1.service serial-getty@ttyS0.service systemd-pstore.service \
    systemd-tpm2-setup.service systemd-tpm2-setup-early.service ldconfig.service systemd-hwdb-update.service systemd-journal-catalog-update.service \
    systemd-update-done.service systemd-firstboot.service systemd-sysusers.service systemd-remount-fs.service systemd-random-seed.service \
    systemd-journal-flush.service systemd-tmpfiles-clean.timer systemd-binfmt.service modprobe@drm.service modprobe@configfs.service modprobe@fuse.service \
    modprobe@efi_pstore.service sys-kernel-config.mount sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount sys-fs-fuse-connections.mount; do
    ln -sf /dev/null "/etc/systemd/system/$unit"
done
ln -sf /dev/null /etc/systemd/user/filter-chain.service
# The media session starts when a test wants it, not when somebody logs in.
rm -f /etc/systemd/user/default.target.wants/{pipewire,wireplumber}.service /etc/systemd/user/sockets.target.wants/pipewire.socket
install -m 644 "$here/camfx-vm.service" /etc/systemd/system/
ln -sf ../camfx-vm.service /etc/systemd/system/multi-user.target.wants/
ln -sf /lib/systemd/system/multi-user.target /etc/systemd/system/default.target
echo virtio_console >/etc/modules-load.d/vm.conf

# --- the initial file system: busybox and the modules that the disk and the host's folder need
tiny=$(mktemp -d)
mkdir -p "$tiny"/{bin,dev,proc,sys,base,memory,new,modules}
cp /bin/busybox "$tiny/bin/"
install -m 755 "$here/init" "$tiny/init"
closure "${boot[@]}" | while read -r file; do
    name=$(basename "$file"); name=${name%.xz}; name=${name%.zst}
    case $file in
        *.xz) xz -dc "$file" >"$tiny/modules/$name" ;;
        *.zst) zstd -qdc "$file" >"$tiny/modules/$name" ;;
        *) cp "$file" "$tiny/modules/$name" ;;
    esac
    echo "$name" >>"$tiny/order"
done
(cd "$tiny" && find . | cpio -o -H newc --quiet) >/boot/initrd
rm -r "$tiny"
mv "/boot/vmlinuz-$release" /boot/vmlinuz
echo "$release" >/boot/release

apt-get clean
rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt /usr/share/{doc,man,info,locale,lintian} /usr/lib/debug /tmp/keep

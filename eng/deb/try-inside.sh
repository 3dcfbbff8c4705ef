#!/bin/bash
# try-inside.sh   what try.sh does in the system where the packages are tried.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -qq -o APT::Keep-Downloaded-Packages=true -o APT::Sandbox::User=root --no-install-recommends -y "$@"; }

# Every file with what it is; what dpkg, apt and ldconfig write down of all packages is not this one's. The user that sysusers made stays, as Debian's policy has it.
system() {
    find / -xdev \( -path /build -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache -o -path /var/log -o -path /root \) -prune -o \
        -not -path '/etc/passwd*' -not -path '/etc/shadow*' -not -path '/etc/group*' -not -path '/etc/gshadow*' -not -path '/etc/.pwd.lock' \
        -type f -printf '%p %m %u %g %s\n' -o -type l -printf '%p -> %l\n' -o -type d -printf '%p/ %m %u %g\n' | sort
}
fail() { echo "try: $*"; exit 1; }

apt update
packages=(camfx camfx-helper camfx-dev)
# First what they depend on, so that the difference is theirs alone.
apt satisfy "$(apt-cache show "${packages[@]}" | sed -n 's/^Depends: //p' | paste -sd,)"
useradd --create-home --home-dir /build/tester tester
system >/build/before

apt install "${packages[@]}"
as() { setpriv --reuid tester --regid tester --clear-groups env -i PATH="$PATH" HOME=/build/tester LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=/run/tester "$@"; }
install -d -o tester -m 700 /run/tester
as camfx --version
as camfx doctor --json >/build/doctor.json || [ $? -eq 1 ] || fail "camfx doctor ended with $?"
grep -q '"' /build/doctor.json || fail "camfx doctor printed no JSON"
as camfx run --source test:ball --output queue --duration 2
[ ! -e /etc/systemd/user/default.target.wants/camfx.service ] || fail "camfx.service was enabled"
[ "$(getent passwd camfx | cut -d: -f7)" = /usr/sbin/nologin ] || fail "there is no user camfx"
echo "try: installed, runs: $(dpkg-query -W -f='${Package} ${Version} ${Installed-Size} kB, ' "${packages[@]}")"

# An upgrade restarts the helper, which then keeps its nodes; at a stop it removes them. What systemd would be told is written down.
mkdir -p /build/tools /run/systemd/system
printf '#!/bin/sh\necho "$*" >>/build/told\n' >/build/tools/deb-systemd-invoke
chmod 755 /build/tools/deb-systemd-invoke
apt -o DPkg::Path="/build/tools:$PATH" install --reinstall camfx-helper
rm -r /run/systemd/system
if ! grep -q '^restart .*camfx-helper.service' /build/told || grep -q '^stop' /build/told; then fail "an upgrade tells systemd: $(cat /build/told)"; fi

echo '# mine' >>/etc/camfx/devices.conf
apt remove "${packages[@]}"
[ "$(tail -n 1 /etc/camfx/devices.conf)" = '# mine' ] || fail "remove did not keep /etc/camfx/devices.conf"
for folder in /usr/lib/camfx /usr/lib/camfx-helper; do [ ! -e "$folder" ] || fail "remove left $folder"; done
apt purge "${packages[@]}"
system >/build/after
diff /build/before /build/after >/build/difference || { cat /build/difference; fail "purge left or changed the files above"; }
echo "try: removed and purged: nothing is left"

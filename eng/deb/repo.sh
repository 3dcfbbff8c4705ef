#!/bin/bash
# repo.sh DIST SUITE…   makes DIST/repo of the packages in DIST/SUITE: an apt repository, signed with a key that is made for it and is this machine's.
#
# DIST/repo/SUITE.sources is what apt wants in /etc/apt/sources.list.d, with the key in it.
set -euo pipefail
dist=$(realpath "$1"); shift
repo=$dist/repo
export GNUPGHOME=${XDG_CACHE_HOME:-$HOME/.cache}/camfx/test-key
mkdir -p "$GNUPGHOME"
chmod 700 "$GNUPGHOME"
owner='camfx test repository (signs nothing but tests)'
trap 'gpgconf --kill gpg-agent' EXIT
gpg --batch --quiet --list-secret-keys "$owner" >/dev/null 2>&1 ||
    gpg --batch --quiet --passphrase '' --quick-generate-key "$owner" ed25519 sign never

rm -rf "$repo"
for suite in "$@"; do
    mkdir -p "$repo/pool/$suite"
    find "$dist/$suite" -maxdepth 1 \( -name '*.deb' -o -name '*.dsc' -o -name '*.tar.*' \) -exec cp -t "$repo/pool/$suite" {} +
    cd "$repo"
    index=dists/$suite/main
    architectures=$(for package in "pool/$suite"/*.deb; do dpkg-deb -f "$package" Architecture; done | grep -v '^all$' | sort -u | paste -sd' ')
    for architecture in $architectures; do
        mkdir -p "$index/binary-$architecture"
        apt-ftparchive --arch "$architecture" packages "pool/$suite" >"$index/binary-$architecture/Packages"
        xz --keep "$index/binary-$architecture/Packages"
    done
    mkdir -p "$index/source"
    apt-ftparchive sources "pool/$suite" 2> >(grep -v ' override entry' >&2) >"$index/source/Sources"
    xz --keep "$index/source/Sources"
    apt-ftparchive -o "APT::FTPArchive::Release::Origin=camfx" -o "APT::FTPArchive::Release::Label=camfx" \
        -o "APT::FTPArchive::Release::Suite=$suite" -o "APT::FTPArchive::Release::Codename=$suite" \
        -o "APT::FTPArchive::Release::Architectures=$architectures" -o "APT::FTPArchive::Release::Components=main" \
        release "dists/$suite" >"$dist/Release"
    mv "$dist/Release" "dists/$suite/Release"
    gpg --batch --quiet --local-user "$owner" --clearsign --output "dists/$suite/InRelease" "dists/$suite/Release"
    gpg --batch --quiet --local-user "$owner" --armor --detach-sign --output "dists/$suite/Release.gpg" "dists/$suite/Release"
    {
        printf 'Types: deb deb-src\nURIs: file:%s\nSuites: %s\nComponents: main\nSigned-By:\n' "$repo" "$suite"
        gpg --batch --armor --export "$owner" | sed 's/^$/./; s/^/ /'
    } >"$suite.sources"
done
gpg --batch --armor --export "$owner" >camfx-test.asc

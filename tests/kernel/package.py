"""Debian packages as an administrator handles them."""
import pathlib
import re
import urllib.parse

import machine

ALL = ("camfx", "camfx-helper")
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"}


def apt(*words):
    """apt-get, which may take its time: the machine may be emulated, and busy."""
    return machine.run("apt-get", "-q", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-unsafe-io", *words, env=ENVIRONMENT, patience=600).stdout


def be_patient():
    """From now on people's service managers wait for camfx longer than its unit says: the machine may be emulated, and busy."""
    folder = pathlib.Path("/etc/systemd/user/camfx.service.d")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "patience.conf").write_text("[Service]\nWatchdogSec=300\nTimeoutStartSec=300\n", encoding="utf-8")


def is_installed(name):
    return machine.run("dpkg-query", "-W", "-f", "${db:Status-Status}", name, check=False).stdout == "installed"


def version(name):
    return machine.run("dpkg-query", "-W", "-f", "${Version}", name).stdout


def next_version(name, folder):
    """The installed package once more, with a higher version, as a file."""
    tree = pathlib.Path(folder) / name
    machine.run("dpkg-deb", "-R", _archive_of(name), str(tree), patience=600)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: (.*)$", r"Version: \1+next", control.read_text(encoding="utf-8")), encoding="utf-8")
    machine.run("dpkg-deb", "-Znone", "--root-owner-group", "-b", str(tree), f"{tree}.deb", patience=600)
    return f"{tree}.deb"


def _archive_of(name):
    """What apt installed the package from: it keeps what it downloaded, and copies nothing that lies in the file system."""
    if kept := next(pathlib.Path("/var/cache/apt/archives").glob(f"{name}_*.deb"), None):
        return str(kept)
    return urllib.parse.unquote(re.search(r"'file:([^']*)'", apt("--print-uris", "--reinstall", "install", name)).group(1))

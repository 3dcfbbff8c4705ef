#!/usr/bin/env python3
"""man-pages.py [--check]   writes man/*.1, .5 and .8 from man/templates; with --check only says whether they are that.

What of them is in the program (commands, exit status, sources, effects) is asked of it: of $CAMFX, or of what `dotnet build` has left in out/.
eng/dbus-docs.py makes the pages of the D-Bus interfaces.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
from manual import commands, roff  # noqa: E402

BUILT = roff.ROOT / "out/artifacts/bin/camfx.Tests/release"
MANUALS = {"1": "User Commands", "5": "File Formats", "8": "System Administration"}


def program():
    """The command that runs camfx. What `dotnet build` leaves runs with the runtime of its tests; only what is published has its own."""
    if "CAMFX" in os.environ:
        return [os.environ["CAMFX"]]
    if not (BUILT / "camfx.dll").exists():
        sys.exit("man-pages: there is no camfx to ask; build it with eng/build.sh --tests")
    return ["dotnet", "exec", "--runtimeconfig", BUILT / "camfx.Tests.runtimeconfig.json", BUILT / "camfx.dll"]


def describe():
    done = subprocess.run([*program(), "--describe"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"man-pages: camfx --describe: {done.stderr.strip()}")
    return json.loads(done.stdout)


def page(template, blocks):
    name, section = template.name.rsplit(".", 1)
    lines = [f'.\\" Made from {template.relative_to(roff.ROOT)} and the program by eng/man-pages.py; change those, not this page.',
             roff.head(name.replace("-", "\\-"), section, MANUALS[section])]
    for line in template.read_text(encoding="utf-8").splitlines():
        lines += blocks[line.strip("@")]() if line.startswith("@") else [line]
    return "\n".join(lines) + "\n"


def main():
    said = describe()
    if said["version"] != roff.version():
        sys.exit(f"man-pages: camfx says it is {said['version']}, Directory.Build.props says {roff.version()}; build it anew")
    blocks = {"commands": lambda: commands.commands(said["command"]), "exit": lambda: commands.exit_status(said["exit"]),
              "sources": lambda: commands.sources(said["sources"]), "effects": lambda: commands.effects(said["effects"])}
    pages = {f"man/{path.name}": page(path, blocks) for path in sorted((roff.ROOT / "man/templates").iterdir())}
    sys.exit(roff.write_or_check(pages, sys.argv[1:] == ["--check"], "eng/man-pages.py"))


if __name__ == "__main__":
    main()

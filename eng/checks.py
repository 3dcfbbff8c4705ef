#!/usr/bin/env python3
"""The project's own rules that no analyser knows. Prints each breach as path:line: what, and ends with 1 if there was one."""
import ast
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST = 400
CODE = {".cs", ".sh", ".py", ".js", ".c", ".h", ".html"}
SELF = "eng/checks.py"
breaches = []


def breach(path, line, what):
    breaches.append(f"{path}:{line}: {what}")


def files():
    """Every file git knows or would take, with its text; binary ones left out."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        path = ROOT / name
        if not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def list_with_reasons(name):
    """The entries of a file of 'entry TAB reason' lines; each must have its reason."""
    entries = set()
    for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        entry, _, reason = line.partition("\t")
        if not reason.strip():
            breach(name, number, "an entry needs a tab and its reason")
        entries.add(entry)
    return entries


def check_text(name, text):
    if name == SELF:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line) and name not in (".editorconfig", "CONTRIBUTING.md"):
            breach(name, number, "unfinished work is an issue, not a comment")
        if re.search(r"(?<![\w$}])/(home|Users)/\w|(?<![\w$}])/(work|root|tmp/wt)/", line):
            breach(name, number, "a path of one machine")
    if text and not text.endswith("\n"):
        breach(name, text.count("\n") + 1, "no newline at the end")


def check_length(name, text, excused):
    lines = text.count("\n")
    if pathlib.PurePath(name).suffix in CODE and lines > LONGEST and name not in excused:
        breach(name, lines, f"more than {LONGEST} lines: split it, or say why not in eng/long-files")


def check_packages(name, text):
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        if "<PackageVersion" in line and not re.search(r"-->\s*$", before):
            breach(name, number, "a package needs a comment above it that says why it is here")
        before = line


def check_copyright():
    """What becomes part of the programs is named, with its copyright, in the Debian packages' copyright file."""
    product = re.search(r'Label="product">(.*?)</ItemGroup>', (ROOT / "Directory.Packages.props").read_text(encoding="utf-8"), re.DOTALL).group(1)
    told = (ROOT / "packaging/debian/copyright").read_text(encoding="utf-8")
    for package in re.findall(r'PackageVersion Include="(.+?)"', product):
        if f" {package}, Copyright " not in told:
            breach("packaging/debian/copyright", 1, f"{package} is part of the programs: say whose it is and under which licence")


def check_project(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if "<PackageReference" in line and "Version=" in line:
            breach(name, number, "versions stand in Directory.Packages.props only")


def check_banned(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not re.match(r"[TMPFNE]:[^;]+;\S+ \S+", line):
            breach(name, number, "a banned symbol needs ';' and its reason")


def check_apt_list(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#") and not re.search(r" # \S", line):
            breach(name, number, "a package needs '# why'")


def check_links(name, text):
    in_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            in_code = not in_code
        if in_code:
            continue
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
            if not re.match(r"[a-z]+:", target) and not (ROOT / name).parent.joinpath(target).exists():
                breach(name, number, f"the link {target} leads nowhere")


def check_python(name, text):
    try:
        ast.parse(text)
    except SyntaxError as error:
        breach(name, error.lineno, f"Python does not read it: {error.msg}")


def check_licence(name, text):
    """sdk/ is copied into other people's programs: each file there says its licence itself."""
    if name.startswith("sdk/") and pathlib.PurePath(name).suffix in CODE and "SPDX-License-Identifier: MIT" not in text[:400]:
        breach(name, 1, "a file of sdk/ starts with SPDX-License-Identifier: MIT")


def check_version():
    """Directory.Build.props has the version; what is written by hand elsewhere must be the same. Programs and manual pages are held to it by eng/man-pages.py."""
    version = re.search(r"<Version>(.+?)</Version>", (ROOT / "Directory.Build.props").read_text(encoding="utf-8")).group(1)
    for name, pattern in (("NEWS.md", r"^## (\S+)"), ("data/metainfo/org.camfx.Camfx.metainfo.xml", r'<release version="(.+?)"'),
                          ("packaging/debian/changelog", r"^\S+ \(([^)-]+)")):
        if not (ROOT / name).exists():
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        newest = re.search(pattern, text, re.MULTILINE)
        if newest is None or newest.group(1).split("~")[0] != version:
            breach(name, text[:newest.start()].count("\n") + 1 if newest else 1, f"the newest version here is not {version}, which Directory.Build.props says")


def main():
    excused = list_with_reasons("eng/long-files")
    list_with_reasons("eng/skips-allowed")
    for name, text in files():
        check_text(name, text)
        check_length(name, text, excused)
        check_licence(name, text)
        if name == "Directory.Packages.props":
            check_packages(name, text)
        if name == "BannedSymbols.txt":
            check_banned(name, text)
        if name.endswith(".csproj"):
            check_project(name, text)
        if name.startswith("eng/packages/"):
            check_apt_list(name, text)
        if name.endswith(".py"):
            check_python(name, text)
        if name.endswith(".md"):
            check_links(name, text)
    check_version()
    check_copyright()
    for line in breaches:
        print(line)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())

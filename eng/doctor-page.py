#!/usr/bin/env python3
"""doctor-page.py   says where docs/troubleshooting.md and the doctor's checks differ: each thing a check can find has a row there, and no other has.

The sentences are read out of the code: texts of the checks that are neither what is said when all is well nor a command. What is put in when
camfx runs is … in them. With --list it prints them.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECKS = [*sorted((ROOT / "src/camfx/Doctor/Checks").glob("*.cs")), ROOT / "src/Camfx.V4L2/Loopback/LoopbackVersions.cs"]
PAGE = ROOT / "docs/troubleshooting.md"
COMMAND = re.compile(r"(?:sudo|sudoedit|systemctl|busctl|kill|camfx|grep|export|newgrp|flatpak|echo|journalctl|close) |… (?:&&|--|about:|v4l2loopback-dkms$)")
LEAST_WORDS = 4


def literal(code, at):
    """The text literal at code[at], and where it ends."""
    has_holes, text = code[at] == "$", ""
    at += 2 if has_holes else 1
    while code[at] != '"':
        if code[at] == "\\":
            text, at = text + code[at + 1], at + 2
        elif has_holes and code[at] == "{":
            text, at = text + "…", hole(code, at)
        else:
            text, at = text + code[at], at + 1
    return text, at + 1


def hole(code, at):
    """Behind the closing brace of the one at code[at]."""
    depth = 0
    while True:
        if code[at] in "\"$" and re.match(r'\$?"', code[at:]):
            at = literal(code, at)[1]
            continue
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        at += 1
        if depth == 0:
            return at


def behind_call(code, at):
    """Behind the closing parenthesis of the one at code[at]."""
    depth = 0
    while True:
        if re.match(r'\$?"', code[at:at + 2]):
            at = literal(code, at)[1]
            continue
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        at += 1
        if depth == 0:
            return at


def texts(code):
    """Every text of the code, joined where it is joined by +, without those of Ok(…)."""
    code = re.sub(r"^\s*///?.*$|(?<=[;{}]) //.*$", "", code, flags=re.MULTILINE)
    at = 0
    while at < len(code):
        if re.match(r"\bOk\(", code[at:at + 3]) and not code[at - 1].isalnum():
            at = behind_call(code, at + 2)
        elif code[at] == "'" and re.match(r"'(?:\\.|[^\\])'", code[at:]):
            at += re.match(r"'(?:\\.|[^\\])[^']*'", code[at:]).end()
        elif re.match(r'\$?"', code[at:at + 2]):
            text, at = literal(code, at)
            while joined := re.match(r"\s*\+\s*(?=\$?\")", code[at:]):
                more, at = literal(code, at + joined.end())
                text += more
            yield text
        else:
            at += 1


def findings():
    for path in CHECKS:
        for text in texts(path.read_text(encoding="utf-8")):
            if len(text.split()) >= LEAST_WORDS and (text.endswith(".") or not COMMAND.match(text)):
                yield text


def rows():
    """The first cells of the page's tables, below the heading of the findings."""
    for line in PAGE.read_text(encoding="utf-8").partition("## What it finds")[2].splitlines():
        if line.startswith("| ") and not line.startswith("| finding"):
            yield line.split(" | ")[0].removeprefix("| ").replace("\\*", "*").replace("\\|", "|").strip("`")


def main():
    found = list(dict.fromkeys(findings()))
    if sys.argv[1:] == ["--list"]:
        print("\n".join(found))
        return
    explained = list(rows())
    wrong = [f"docs/troubleshooting.md does not explain: {text}" for text in found if text not in explained]
    wrong += [f"docs/troubleshooting.md explains what no check says: {text}" for text in explained if text not in found]
    sys.exit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()

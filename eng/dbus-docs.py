#!/usr/bin/env python3
"""dbus-docs.py [--check]   writes docs/dbus.md from data/dbus/*.xml; with --check only says whether it is what the XML gives."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src/Camfx.DBus/Generator"))
sys.dont_write_bytecode = True
from interfaces import read  # noqa: E402

TARGET = ROOT / "docs/dbus.md"
ORDER = ["Manager1", "Camera1", "Output1", "Effect1", "Helper1", "Device1"]
HEAD = """# D-Bus

Made from [data/dbus](../data/dbus) by `eng/dbus-docs.py`; change the XML, not this page. The files are installed to `/usr/share/dbus-1/interfaces`.

Errors are named `org.camfx.Error.NAME`; arguments of wrong types get `org.freedesktop.DBus.Error.InvalidArgs`, what does not exist `UnknownObject`,
`UnknownInterface`, `UnknownMethod` or `UnknownProperty`, and a property that can only be read `PropertyReadOnly`. Properties tell their changes by
`PropertiesChanged`, but where it says otherwise. Dictionaries `a{sv}` of answers get more keys with later versions; pass over those you do not know.

    busctl --user tree org.camfx.Camfx1
    busctl --user introspect org.camfx.Camfx1 /org/camfx/Camfx1/cameras/camfx
    busctl --user set-property org.camfx.Camfx1 /org/camfx/Camfx1/cameras/camfx org.camfx.Camera1 Source s test:smpte
"""
EMITS = {"const": "never changes", "false": "changes are not told", "invalidates": "only that it changed is told"}


def arguments(items):
    return ", ".join(f"{item.type.signature} {item.name}" for item in items)


def signature_of(method):
    answer = f" → {arguments(method.outputs)}" if method.outputs else ""
    return f"{method.name}({arguments(method.inputs)}){answer}"


def of_errors(member):
    if member.errors:
        yield ""
        yield "Errors: " + " · ".join(f"**{name}** {why}" for name, why in member.errors) + "."


def of_method(method):
    yield f"### `{signature_of(method)}`"
    yield ""
    yield method.doc
    listed = [(item, "") for item in method.inputs] + [(item, " (answer)") for item in method.outputs]
    if listed:
        yield ""
    for item, mark in listed:
        yield f"- `{item.name}`{mark}: {item.doc}"
    yield from of_errors(method)
    yield ""


def of_property(prop):
    manner = ["read and write" if prop.is_writable else "read", EMITS.get(prop.emits, "")]
    yield f"### `{prop.type.signature} {prop.name}` ({', '.join(filter(None, manner))})"
    yield ""
    yield prop.doc
    yield from of_errors(prop)
    yield ""


def of_interface(interface):
    yield f"## {interface.full_name}"
    yield ""
    yield interface.doc
    yield ""
    for prop in interface.properties:
        yield from of_property(prop)
    for method in interface.methods:
        yield from of_method(method)
    for signal in interface.signals:
        yield f"### signal `{signal.name}({arguments(signal.arguments)})`"
        yield ""
        yield signal.doc
        yield ""


def page():
    interfaces = {interface.name: interface for path in (ROOT / "data/dbus").glob("*.xml") for interface in read(path)}
    missing = set(interfaces) ^ set(ORDER)
    if missing:
        sys.exit(f"dbus-docs: {', '.join(sorted(missing))} must be in ORDER and in data/dbus")
    lines = [HEAD]
    for name in ORDER:
        lines += of_interface(interfaces[name])
    return "\n".join(lines).rstrip() + "\n"


def main():
    text = page()
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit("docs/dbus.md is not what data/dbus says; write it anew with eng/dbus-docs.py")
    else:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""dbus-docs.py [--check]   writes docs/dbus.md and the manual pages org.camfx.*(7) from data/dbus/*.xml; with --check only says whether they are that."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src/Camfx.DBus/Generator"))
sys.dont_write_bytecode = True
from interfaces import read  # noqa: E402
from manual import interfaces as manual, roff  # noqa: E402

TARGET = "docs/dbus.md"
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
MANUALS = {
    "org.camfx.Camfx1": ("the cameras of a user, on the session bus", ["Manager1", "Camera1", "Output1", "Effect1"], [
        "camfx(1) has this name on the session bus, and is started by the first call. Everything can be changed while apps watch.",
        "busctl --user tree org.camfx.Camfx1 shows the objects, busctl --user introspect org.camfx.Camfx1 /org/camfx/Camfx1/cameras/camfx one of them."],
        ".BR camfx (1),\n.BR camfx\\-uri (5),\n.BR org.camfx.Helper1 (7),\n.BR busctl (1)"),
    "org.camfx.Helper1": ("devices, on the system bus", ["Helper1", "Device1"], [
        "camfx-helper(8) has this name on the system bus, and is started by the first call. polkit is asked before anything is changed."],
        ".BR camfx\\-helper (8),\n.BR org.camfx.Camfx1 (7),\n.BR polkit (8)"),
}
ERRORS = ("Errors are named org.camfx.Error.NAME. Arguments of wrong types get org.freedesktop.DBus.Error.InvalidArgs. Properties tell their changes by "
          "PropertiesChanged, but where it says otherwise. Dictionaries a{sv} of answers get more keys with later versions; pass over those you do not know.")
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


def interfaces():
    found = {interface.name: interface for path in (ROOT / "data/dbus").glob("*.xml") for interface in read(path)}
    missing = set(found) ^ set(ORDER)
    if missing:
        sys.exit(f"dbus-docs: {', '.join(sorted(missing))} must be in ORDER and in data/dbus")
    return found


def page(found):
    lines = [HEAD]
    for name in ORDER:
        lines += of_interface(found[name])
    return "\n".join(lines).rstrip() + "\n"


def main():
    found = interfaces()
    pages = {TARGET: page(found)}
    for name, (what, parts, introduction, see) in MANUALS.items():
        pages[f"man/{name}.7"] = manual.page(name, what, [*introduction, ERRORS], [found[part] for part in parts], EMITS, see)
    sys.exit(roff.write_or_check(pages, sys.argv[1:] == ["--check"], "eng/dbus-docs.py"))


if __name__ == "__main__":
    main()

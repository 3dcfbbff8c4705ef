"""The manual page of the D-Bus interfaces of one bus."""
from . import roff


def arguments(items):
    return ", ".join(f"{item.type.signature} {item.name}" for item in items)


def errors(member):
    if member.errors:
        yield ".PP"
        yield "Errors:"
        for name, why in member.errors:
            yield ".br"
            yield f"{roff.bold(name)}: {roff.text(why)}"


def method(member):
    answer = f" → {arguments(member.outputs)}" if member.outputs else ""
    yield f".SS \"{roff.text(f'{member.name}({arguments(member.inputs)}){answer}')}\""
    yield roff.text(member.doc)
    for item in member.inputs + member.outputs:
        yield from roff.entry(roff.italic(item.name) + (" (answer)" if item.is_out else ""), item.doc)
    yield from errors(member)


def prop(member, emits):
    manner = ", ".join(filter(None, ["read and write" if member.is_writable else "read", emits.get(member.emits, "")]))
    yield f".SS \"{roff.text(f'{member.type.signature} {member.name}')} ({manner})\""
    yield roff.text(member.doc)
    yield from errors(member)


def interface(item, emits):
    yield f".SH {roff.text(item.full_name)}"
    yield roff.text(item.doc)
    for member in item.properties:
        yield from prop(member, emits)
    for member in item.methods:
        yield from method(member)
    for member in item.signals:
        yield f".SS \"signal {roff.text(f'{member.name}({arguments(member.arguments)})')}\""
        yield roff.text(member.doc)


def page(name, what, introduction, items, emits, see):
    lines = ['.\\" Made from data/dbus by eng/dbus-docs.py; change the XML, not this page.', roff.head(name, 7, "camfx D\\-Bus interfaces"),
             ".SH NAME", f"{roff.text(name)} \\- {roff.text(what)}", ".SH DESCRIPTION"]
    for paragraph in introduction:
        lines += [roff.text(paragraph), ".PP"]
    lines.pop()
    for item in items:
        lines += interface(item, emits)
    lines += [".SH SEE ALSO", see]
    return "\n".join(lines) + "\n"

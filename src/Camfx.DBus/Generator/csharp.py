"""Pieces of C# that servers and proxies share."""
from xml.sax.saxutils import escape


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def documentation(summary, parameters=(), indent="", returns="", errors=()):
    yield f"{indent}/// <summary>{escape(summary)}</summary>"
    for name, text in parameters:
        yield f'{indent}/// <param name="{name.lstrip("@")}">{escape(text)}</param>'
    if returns:
        yield f"{indent}/// <returns>{escape(returns)}</returns>"
    if errors:
        listed = " ".join(f"{name}: {why}." for name, why in errors)
        yield f'{indent}/// <exception cref="BusException">{escape(listed)}</exception>'


def join_types(pairs):
    return ", ".join(f"{type_name} {name}" for type_name, name in pairs)


def tuple_of(arguments):
    """The C# type of what a method answers."""
    if len(arguments) == 1:
        return arguments[0].type.name
    return f"({', '.join(f'{argument.type.name} {argument.pascal}' for argument in arguments)})"


def write_values(arguments):
    """Statements that write a value of tuple_of."""
    lines = []
    for argument in arguments:
        value = "value" if len(arguments) == 1 else f"value.{argument.pascal}"
        lines.append(f"                    {argument.type.expression}.Write(writer, {value});\n")
    return "".join(lines)


def read_arguments(arguments, indent):
    for argument in arguments:
        yield f"{indent}{argument.type.name} {argument.camel} = {argument.type.expression}.Read(reader);"


def read_tuple(arguments):
    """An expression that reads a value of tuple_of."""
    parts = [f"{argument.type.expression}.Read(reader)" for argument in arguments]
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"

"""The abstract class that a server derives from."""
from csharp import documentation, join_types, quoted, read_arguments, tuple_of, write_values


def server(interface):
    yield from documentation(interface.doc + " Derive from it to offer it; callbacks come on the connection's thread.")
    yield f"public abstract class {interface.name}Server : BusInterface"
    yield "{"
    yield "    /// <summary>The interface's name on the bus.</summary>"
    yield f"    public const string Interface = {quoted(interface.full_name)};"
    yield ""
    yield '    private const string Xml = """'
    yield from interface.text.split("\n")
    yield '""";'
    yield ""
    for prop in stored(interface):
        yield f"    private {prop.type.name} _{prop.name} = {prop.type.initial or 'default'};"
    yield ""
    yield "    /// <summary>Makes one that is not on the bus yet.</summary>"
    yield f"    protected {interface.name}Server()"
    yield "        : base(Interface, Xml)"
    yield "    {"
    yield "    }"
    for prop in interface.properties:
        yield ""
        yield from documentation(prop.doc, indent="    ")
        yield from property_of(interface, prop)
    yield ""
    yield "    /// <inheritdoc/>"
    yield f"    protected override IReadOnlyList<string> PropertyNames {{ get; }} = [{', '.join(quoted(prop.name) for prop in interface.properties)}];"
    for method in interface.methods:
        yield ""
        yield from documentation(method.doc + errors(method), [("call", "Answer it now or later; or throw.")] + [(a.camel, a.doc) for a in method.inputs], indent="    ")
        yield f"    protected abstract void {method.name}({join_types([(call_type(method), 'call')] + [(a.type.name, a.camel) for a in method.inputs])});"
    for prop in interface.properties:
        if prop.is_writable:
            yield ""
            yield from documentation(f"Somebody wants another {prop.name}: set it and answer, now or later; or throw." + errors(prop),
                                     [("call", "Answer it."), ("value", "The wish.")], indent="    ")
            yield f"    protected abstract void Set{prop.name}(MethodCall call, {prop.type.name} value);"
    for signal in interface.signals:
        yield ""
        yield from documentation(signal.doc, [(a.camel, a.doc) for a in signal.arguments], indent="    ")
        yield f"    protected void Emit{signal.name}({join_types([(a.type.name, a.camel) for a in signal.arguments])}) => Emit({quoted(signal.name)}, writer =>"
        yield "    {"
        for argument in signal.arguments:
            yield f"        {argument.type.expression}.Write(writer, {argument.camel});"
        yield "    });"
    yield from invoke(interface)
    yield from get_and_set(interface)
    yield "}"


def stored(interface):
    return [prop for prop in interface.properties if prop.emits in ("true", "invalidates")]


def errors(member):
    return "".join(f" Error {name} — {why}." for name, why in member.errors)


def call_type(method):
    return f"MethodCall<{tuple_of(method.outputs)}>" if method.outputs else "MethodCall"


def property_of(interface, prop):
    if prop.emits not in ("true", "invalidates"):
        yield f"    public abstract {prop.type.name} {prop.name} {{ get; }}"
        return
    store = "Store" if prop.emits == "true" else "StoreSilently"
    yield f"    public {prop.type.name} {prop.name}"
    yield "    {"
    yield f"        get => _{prop.name};"
    yield f"        set => {store}(ref _{prop.name}, value, {interface.name}Types.{prop.name}, {quoted(prop.name)});"
    yield "    }"


def invoke(interface):
    yield ""
    yield "    /// <inheritdoc/>"
    yield "    protected override bool Invoke(string member, IncomingCall call)"
    yield "    {"
    yield "        switch (member)"
    yield "        {"
    for method in interface.methods:
        signature = "".join(argument.type.signature for argument in method.inputs)
        answer = f"new {call_type(method)}(call)"
        if method.outputs:
            answer = f"new {call_type(method)}(call, static (writer, value) =>\n                {{\n{write_values(method.outputs)}                }})"
        yield f"            case {quoted(method.name)}:"
        yield "            {"
        yield f"                MessageReader reader = call.Arguments({quoted(signature)});"
        yield "                try"
        yield "                {"
        yield from read_arguments(method.inputs, "                    ")
        yield f"                    {method.name}({', '.join([answer] + [argument.camel for argument in method.inputs])});"
        yield "                }"
        yield "                catch"
        yield "                {"
        yield "                    reader.CloseDescriptors();"
        yield "                    throw;"
        yield "                }"
        yield ""
        yield "                return true;"
        yield "            }"
        yield ""
    yield "            default:"
    yield "                return false;"
    yield "        }"
    yield "    }"


def get_and_set(interface):
    yield ""
    yield "    /// <inheritdoc/>"
    yield "    protected override Variant? Get(string name) => name switch"
    yield "    {"
    for prop in interface.properties:
        yield f"        {quoted(prop.name)} => Variant.Of({interface.name}Types.{prop.name}, {prop.name}),"
    yield "        _ => null,"
    yield "    };"
    yield ""
    yield "    /// <inheritdoc/>"
    yield "    protected override PropertyAccess Set(string name, Variant value, MethodCall call)"
    yield "    {"
    yield "        switch (name)"
    yield "        {"
    for prop in interface.properties:
        yield f"            case {quoted(prop.name)}:"
        if prop.is_writable:
            yield f"                Set{prop.name}(call, value.Get({interface.name}Types.{prop.name}));"
            yield "                return PropertyAccess.Asked;"
        else:
            yield "                return PropertyAccess.ReadOnly;"
    yield "            default:"
    yield "                return PropertyAccess.Unknown;"
    yield "        }"
    yield "    }"

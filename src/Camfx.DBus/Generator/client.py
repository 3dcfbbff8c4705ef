"""The proxy that a client uses."""
from csharp import documentation, join_types, quoted, read_tuple, tuple_of


def client(interface):
    yield from documentation(interface.doc + " This is somebody else's; calls wait for the answer or call back, always on the connection's thread.")
    yield f"public sealed class {interface.name}Proxy : BusProxy"
    yield "{"
    yield "    /// <summary>The interface's name on the bus.</summary>"
    yield f"    public const string Interface = {quoted(interface.full_name)};"
    yield ""
    yield from documentation("Names the object; nothing is asked yet.",
                             [("bus", "The connection."), ("destination", "The bus name of who has the object."), ("path", "The object.")], "    ")
    yield f"    public {interface.name}Proxy(Bus bus, string destination, ObjectPath path)"
    yield "        : base(bus, destination, path, Interface)"
    yield "    {"
    yield "    }"
    for prop in interface.properties:
        yield ""
        yield from documentation(prop.doc + " As it was told last.", indent="    ")
        initial = f" = {prop.type.initial};" if prop.type.initial else ""
        yield f"    public {prop.type.name} {prop.name} {{ get; private set; }}{initial}"
    for method in interface.methods:
        yield from method_of(method)
    for prop in interface.properties:
        if prop.is_writable:
            yield from setter_of(interface, prop)
    for signal in interface.signals:
        yield from signal_of(signal)
    yield ""
    yield "    /// <inheritdoc/>"
    yield "    protected override void Accept(string name, Variant value)"
    yield "    {"
    yield "        switch (name)"
    yield "        {"
    for prop in interface.properties:
        yield f"            case {quoted(prop.name)}:"
        yield f"                {prop.name} = value.Get({interface.name}Types.{prop.name});"
        yield "                break;"
    yield "            default:"
    yield "                break;"
    yield "        }"
    yield "    }"
    for method in interface.methods:
        yield ""
        yield f"    private BusMessage {method.name}Call({join_types([(a.type.name, a.camel) for a in method.inputs])})"
        yield "    {"
        yield f"        BusMessage call = NewCall({quoted(method.name)});"
        for argument in method.inputs:
            yield f"        {argument.type.expression}.Write(call.Writer, {argument.camel});"
        yield "        return call;"
        yield "    }"
    yield "}"


def method_of(method):
    parameters = [(a.camel, a.doc) for a in method.inputs]
    inputs = [(a.type.name, a.camel) for a in method.inputs]
    passed = ", ".join(a.camel for a in method.inputs)
    returns = " ".join(a.doc for a in method.outputs)
    yield ""
    yield from documentation(method.doc, parameters, "    ", returns, method.errors)
    if method.outputs:
        yield f"    public {tuple_of(method.outputs)} {method.name}({join_types(inputs)})"
        yield "    {"
        yield f"        using BusMessage reply = Send({method.name}Call({passed}));"
        yield "        MessageReader reader = reply.Read();"
        yield f"        return {read_tuple(method.outputs)};"
        yield "    }"
        done = f"Action<BusReply<{tuple_of(method.outputs)}>>"
        complete = f"done(BusReply<{tuple_of(method.outputs)}>.From(reply, static reader => {read_tuple(method.outputs)}))"
    else:
        yield f"    public void {method.name}({join_types(inputs)}) => Send({method.name}Call({passed})).Dispose();"
        done = "Action<BusException?>"
        complete = "done(reply.Error)"
    yield ""
    yield from documentation(method.doc, parameters + [("done", "Called once with the answer or the error.")], "    ",
                             "Disposed, it forgets the call.", ())
    yield f"    public IDisposable {method.name}Async({join_types(inputs + [(done, 'done')])}) =>"
    yield f"        Send({method.name}Call({passed}), reply => {complete});"


def setter_of(interface, prop):
    value = f"Variant.Of({interface.name}Types.{prop.name}, value)"
    yield ""
    yield from documentation(f"Asks for another {prop.name} and waits.", [("value", prop.doc)], "    ", "", prop.errors)
    yield f"    public void Set{prop.name}({prop.type.name} value) => Send(SetCall({quoted(prop.name)}, {value})).Dispose();"
    yield ""
    yield from documentation(f"Asks for another {prop.name}.", [("value", prop.doc), ("done", "Called once, with the error if there was one.")],
                             "    ", "Disposed, it forgets the call.")
    yield f"    public IDisposable Set{prop.name}Async({prop.type.name} value, Action<BusException?> done) =>"
    yield f"        Send(SetCall({quoted(prop.name)}, {value}), reply => done(reply.Error));"


def signal_of(signal):
    types = ", ".join(argument.type.name for argument in signal.arguments)
    handler = f"Action<{types}>" if types else "Action"
    reads = ", ".join(f"{argument.type.expression}.Read(reader)" for argument in signal.arguments)
    signature = "".join(argument.type.signature for argument in signal.arguments)
    yield ""
    yield from documentation(signal.doc, [("handler", "Called for each, with its arguments.")], "    ", "Disposed, it ends.")
    yield f"    public IDisposable On{signal.name}({handler} handler) => Hear({quoted(signal.name)}, {quoted(signature)}, reader => handler({reads}));"

"""The interfaces of a D-Bus introspection file, with the documentation and the errors of each member."""
import re
import xml.etree.ElementTree as ElementTree

from bustypes import BusType, pascal

DOC = "org.gtk.GDBus.DocString"
ERRORS = "org.camfx.Errors"
FIELDS = "org.camfx.Fields"
EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal"
# Names of locals in generated methods.
LOCALS = {"call", "reader", "writer", "value", "done", "reply", "handler", "member", "name"}
# Members of the C# base classes, which a generated one must not hide.
TAKEN = {"Bus", "Destination", "ObjectPath", "InterfaceName", "Interface", "CallTimeout", "AllowsInteraction", "Refresh", "RefreshAsync", "Follow",
         "Load", "Dispose", "IsExported", "Invoke", "Get", "Set", "Store", "Emit", "Accept", "PropertyNames"}


def annotation(element, name, default=""):
    for child in element.findall("annotation"):
        if child.get("name") == name:
            return child.get("value")
    return default


def member_name(element):
    name = element.get("name")
    if name in TAKEN:
        raise ValueError(f"the name {name} is taken by the C# base class")
    return name


class Argument:
    def __init__(self, element):
        self.name = element.get("name")
        if self.name in LOCALS:
            raise ValueError(f"the name {self.name} is taken by the generated code")
        self.is_out = element.get("direction", "in") == "out"
        self.type = BusType(element.get("type"), annotation(element, FIELDS).split())
        self.doc = annotation(element, DOC)
        parts = pascal(self.name)
        self.pascal = parts
        self.camel = "@" + parts[:1].lower() + parts[1:]


class Method:
    def __init__(self, element):
        self.name = member_name(element)
        self.doc = annotation(element, DOC)
        arguments = [Argument(child) for child in element.findall("arg")]
        self.inputs = [argument for argument in arguments if not argument.is_out]
        self.outputs = [argument for argument in arguments if argument.is_out]
        self.errors = [tuple(part.strip() for part in error.split(":", 1)) for error in annotation(element, ERRORS).split(";") if error.strip()]


class Signal:
    def __init__(self, element):
        self.name = member_name(element)
        self.doc = annotation(element, DOC)
        self.arguments = [Argument(child) for child in element.findall("arg")]


class Property:
    def __init__(self, element):
        self.name = member_name(element)
        self.doc = annotation(element, DOC)
        self.type = BusType(element.get("type"), annotation(element, FIELDS).split())
        self.is_writable = element.get("access") == "readwrite"
        self.emits = annotation(element, EMITS, "true")
        self.errors = [tuple(part.strip() for part in error.split(":", 1)) for error in annotation(element, ERRORS).split(";") if error.strip()]


class Interface:
    def __init__(self, element, text):
        self.full_name = element.get("name")
        self.name = self.full_name.rsplit(".", 1)[1]
        self.doc = annotation(element, DOC)
        self.text = text
        self.methods = [Method(child) for child in element.findall("method")]
        self.signals = [Signal(child) for child in element.findall("signal")]
        self.properties = [Property(child) for child in element.findall("property")]
        for member in self.methods + self.signals + self.properties:
            if not member.doc:
                raise ValueError(f"{self.full_name}.{member.name} has no {DOC}")


def read(path):
    """The interfaces of one file, each with its own piece of the file's text."""
    with open(path, encoding="utf-8") as file:
        document = file.read()
    texts = re.findall(r"^ *<interface .*?</interface>", document, re.DOTALL | re.MULTILINE)
    elements = ElementTree.fromstring(document).findall("interface")
    if len(texts) != len(elements):
        raise ValueError("an <interface> must begin on a line of its own")
    return [Interface(element, text) for element, text in zip(elements, texts)]

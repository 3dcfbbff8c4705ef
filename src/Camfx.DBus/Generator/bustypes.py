"""D-Bus signatures as C# types."""

BASIC = {
    "y": ("byte", "Byte"), "b": ("bool", "Boolean"), "n": ("short", "Int16"), "q": ("ushort", "UInt16"), "i": ("int", "Int32"),
    "u": ("uint", "UInt32"), "x": ("long", "Int64"), "t": ("ulong", "UInt64"), "d": ("double", "Double"), "s": ("string", "String"),
    "o": ("ObjectPath", "ObjectPath"), "g": ("BusSignature", "BusSignature"), "h": ("FileDescriptor", "Descriptor"), "v": ("Variant", "Variant"),
}
MOST_FIELDS = 4


def split(signature):
    """The complete types a signature is made of."""
    parts, at = [], 0
    while at < len(signature):
        end = at
        while signature[end] == "a":
            end += 1
        if signature[end] in "({":
            depth = 0
            while True:
                depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(signature[end], 0)
                end += 1
                if depth == 0:
                    break
        else:
            end += 1
        parts.append(signature[at:end])
        at = end
    return parts


def pascal(name):
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


class BusType:
    """One complete type: its C# name, the expression of its BusType and the value a property begins with."""

    def __init__(self, signature, fields=()):
        self.signature = signature
        self._fields = [pascal(field) for field in fields]
        self.name, self.expression = self._of(signature)
        self.initial = self._initial()

    def _of(self, signature):
        if signature in BASIC:
            name, member = BASIC[signature]
            return name, f"BusType.{member}"
        if signature == "a{sv}":
            return "IReadOnlyDictionary<string, Variant>", "BusType.Options"
        if signature.startswith("a{"):
            key, value = split(signature[2:-1])
            (key_name, key_type), (value_name, value_type) = self._of(key), self._of(value)
            return f"IReadOnlyDictionary<{key_name}, {value_name}>", f"BusType.Dictionary({key_type}, {value_type})"
        if signature.startswith("a"):
            name, expression = self._of(signature[1:])
            return f"{name}[]", f"BusType.Array({expression})"
        if signature.startswith("("):
            return self._structure(split(signature[1:-1]))
        raise ValueError(f"'{signature}' is no type of D-Bus")

    def _structure(self, parts):
        if not 2 <= len(parts) <= MOST_FIELDS:
            raise ValueError(f"a structure has 2 to {MOST_FIELDS} fields, not {len(parts)}")
        names = self._fields or [f"Item{number + 1}" for number in range(len(parts))]
        if len(names) != len(parts):
            raise ValueError(f"org.camfx.Fields names {len(names)} fields of {len(parts)}")
        self._fields = []
        types = [self._of(part) for part in parts]
        tuple_name = ", ".join(f"{type_name} {name}" for (type_name, _), name in zip(types, names))
        return f"({tuple_name})", f"BusType.Struct({', '.join(expression for _, expression in types)})"

    def _initial(self):
        if self.signature == "s":
            return '""'
        if self.signature.startswith("a{"):
            return f"new Dictionary<{self.name[len('IReadOnlyDictionary<'):]}()"
        if self.signature.startswith("a"):
            return "[]"
        if self.signature == "v":
            return "false"
        return None if self.signature in "ybnqiuxtdo" else "default!"

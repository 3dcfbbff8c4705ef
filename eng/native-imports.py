#!/usr/bin/env python3
"""Prints "LIBRARY FUNCTION" for every native function that the given .NET assemblies import, as their metadata (ECMA-335 II.22, II.24) has it.

libc is left out: it is what everything needs. The files may be trimmed and compiled ahead: what is not there any more is not imported."""
import pathlib
import struct
import sys

# The tables up to the imports, and their columns: 2 and 4 are bytes, S a string, G a GUID, B a blob, a name an index into a table or, in
# lower case, into one of several.
TABLES = {
    0x00: "2 S G G G", 0x01: "resolution S S", 0x02: "4 S S typedef_or_ref Field MethodDef", 0x03: "Field", 0x04: "2 S B", 0x05: "MethodDef",
    0x06: "4 2 2 S B Param", 0x07: "Param", 0x08: "2 2 S", 0x09: "TypeDef typedef_or_ref", 0x0A: "member_parent S B", 0x0B: "2 constant B",
    0x0C: "attribute attribute_type B", 0x0D: "field_marshal B", 0x0E: "2 security B", 0x0F: "2 4 TypeDef", 0x10: "4 Field", 0x11: "B",
    0x12: "TypeDef Event", 0x13: "Event", 0x14: "2 S typedef_or_ref", 0x15: "TypeDef Property", 0x16: "Property", 0x17: "2 S B",
    0x18: "2 MethodDef semantics", 0x19: "TypeDef method method", 0x1A: "S", 0x1B: "B", 0x1C: "2 forwarded S ModuleRef",
}
NUMBERS = {"Module": 0, "TypeRef": 1, "TypeDef": 2, "Field": 4, "MethodDef": 6, "Param": 8, "InterfaceImpl": 9, "MemberRef": 10, "DeclSecurity": 14,
           "StandAloneSig": 17, "Event": 20, "Property": 23, "ModuleRef": 26, "TypeSpec": 27, "Assembly": 32, "AssemblyRef": 35, "File": 38,
           "ExportedType": 39, "ManifestResource": 40, "GenericParam": 42, "MethodSpec": 43, "GenericParamConstraint": 44}
# An index into one of several tables: the bits that say which one, and the tables.
ONE_OF = {
    "resolution": (2, "Module ModuleRef AssemblyRef TypeRef"), "typedef_or_ref": (2, "TypeDef TypeRef TypeSpec"),
    "member_parent": (3, "TypeDef TypeRef ModuleRef MethodDef TypeSpec"), "constant": (2, "Field Param Property"),
    "attribute": (5, "MethodDef Field TypeRef TypeDef Param InterfaceImpl MemberRef Module DeclSecurity Property Event StandAloneSig ModuleRef TypeSpec"
                     " Assembly AssemblyRef File ExportedType ManifestResource GenericParam GenericParamConstraint MethodSpec"),
    "attribute_type": (3, "MethodDef MemberRef"), "field_marshal": (1, "Field Param"), "security": (2, "TypeDef MethodDef Assembly"),
    "semantics": (1, "Event Property"), "method": (1, "MethodDef MemberRef"), "forwarded": (1, "Field MethodDef"),
}


def metadata(image):
    """Where the metadata of a PE file begins; None for a file that has none."""
    header = struct.unpack_from("<I", image, 0x3C)[0]
    sections, optional = struct.unpack_from("<H", image, header + 6)[0], struct.unpack_from("<H", image, header + 20)[0]
    directories = header + 24 + (112 if struct.unpack_from("<H", image, header + 24)[0] == 0x20B else 96)

    def offset(address):
        for section in range(sections):
            size, start, _, raw = struct.unpack_from("<IIII", image, header + 24 + optional + 40 * section + 8)
            if start <= address < start + size:
                return raw + address - start
        return None

    cli = offset(struct.unpack_from("<I", image, directories + 8 * 14)[0])
    return None if cli is None else offset(struct.unpack_from("<I", image, cli + 8)[0])


def streams(image, root):
    """The metadata's streams by name: where each begins."""
    version = struct.unpack_from("<I", image, root + 12)[0]
    at = root + 16 + version
    found = {}
    for _ in range(struct.unpack_from("<H", image, at + 2)[0]):
        begin = struct.unpack_from("<I", image, at + 4)[0]
        end = image.index(b"\0", at + 12)
        found[image[at + 12:end].decode()] = root + begin
        at += 8 + (end - at - 12 + 4) // 4 * 4      # the name with its zero, filled up to four bytes
    return found


def imports(image):
    """Yields library and function."""
    root = metadata(image)
    if root is None:
        return
    heap = streams(image, root)
    tables, strings = heap["#~"], heap["#Strings"]
    wide, present = image[tables + 6], struct.unpack_from("<Q", image, tables + 8)[0]
    rows, at = {}, tables + 24
    for table in range(64):
        if present >> table & 1:
            rows[table] = struct.unpack_from("<I", image, at)[0]
            at += 4

    def width(column):
        if column.isdigit():
            return int(column)
        if column in "SGB":
            return 4 if wide & {"S": 1, "G": 2, "B": 4}[column] else 2
        if column in ONE_OF:
            bits, names = ONE_OF[column]
            return 4 if max(rows.get(NUMBERS[name], 0) for name in names.split()) >= 1 << 16 - bits else 2
        return 4 if rows.get(NUMBERS[column], 0) >= 1 << 16 else 2

    def read(table, row, column):
        columns = [width(name) for name in TABLES[table].split()]
        place = begins[table] + sum(columns) * row + sum(columns[:column])
        return int.from_bytes(image[place:place + columns[column]], "little")

    def text(index):
        begin = strings + index
        return image[begin:image.index(b"\0", begin)].decode()

    begins = {}
    for table, columns in TABLES.items():
        begins[table] = at
        at += rows.get(table, 0) * sum(width(name) for name in columns.split())
    for row in range(rows.get(0x1C, 0)):
        yield text(read(0x1A, read(0x1C, row, 3) - 1, 0)), text(read(0x1C, row, 2))


def main():
    found = {(library, function) for name in sys.argv[1:] for library, function in imports(pathlib.Path(name).read_bytes())}
    for library, function in sorted(found):
        if library != "libc":
            print(library, function)


if __name__ == "__main__":
    main()

"""Text as man(7) wants it."""
import pathlib
import re
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def text(words):
    """Plain text: what roff would read as its own is escaped, hyphens are those one types, and a new sentence is a new line."""
    words = words.replace("\\", "\\e").replace("-", "\\-").replace("|", "|\\:")     # \: a line may end there
    lines = re.sub(r"(?<=[a-z0-9)'][.!?]) (?=[A-Z])", "\n", words).split("\n")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in lines)


def bold(words):
    return f"\\fB{text(words)}\\fR"


def italic(words):
    return f"\\fI{text(words)}\\fR"


def entry(head, *paragraphs):
    """An item with a hanging body; head is roff already."""
    yield ".TP"
    yield head
    for paragraph in paragraphs:
        yield text(paragraph)


def version():
    """Version of Directory.Build.props."""
    return re.search(r"<Version>(.+?)</Version>", (ROOT / "Directory.Build.props").read_text(encoding="utf-8")).group(1)


def date():
    """The day of the newest release in the metainfo."""
    return xml.parse(ROOT / "data/metainfo/org.camfx.Camfx.metainfo.xml").find("releases/release").get("date")


def head(name, section, manual):
    return f'.TH {name.upper()} {section} {date()} "camfx {version()}" "{manual}"\n.nh\n.ad l'


def write_or_check(pages, is_check, program):
    """pages: path below the root → text. Writes them, or says which are not what they would be."""
    stale = [path for path, page in pages.items() if not (ROOT / path).exists() or (ROOT / path).read_text(encoding="utf-8") != page]
    if not is_check:
        for path in stale:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(pages[path], encoding="utf-8")
    elif stale:
        return f"{', '.join(stale)}: not what the code says; write anew with {program}"
    return None

"""What of camfx(1) and camfx-uri(5) is in the program: commands, exit status, sources, effects."""
from . import roff

# What each exit status means; that there are no others is looked up in the program.
EXIT = {"Ok": "Done.", "Failed": "It failed; one sentence on standard error says why.", "Usage": "What was typed cannot be understood.",
        "NotRunning": "camfx, or camfx\\-helper, is not running.", "NotPermitted": "This user may not do that.",
        "NoSuchThing": "There is no such camera, source, effect, device or file."}


def synopsis(command, before):
    words = [roff.bold(" ".join([*before, command["name"]]))]
    for argument in command["arguments"]:
        word = roff.italic(argument["name"]) + ("..." if argument["many"] and "…" not in argument["name"] else "")
        words.append(word if argument["required"] else f"[{word}]")
    if command["options"]:
        words.append("[" + roff.italic("OPTION") + "]...")
    return " ".join(words)


def details(command):
    for argument in command["arguments"]:
        yield from roff.entry(roff.italic(argument["name"]), argument["description"])
    for option in command["options"]:
        head = roff.bold(option["name"]) + (f" {roff.italic(option['value'])}" if option["value"] else "")
        otherwise = f" If left out: {option['default']}." if option["default"] not in (None, "-1") else ""
        yield from roff.entry(head, option["description"] + otherwise)


def commands(command, before=()):
    """Each verb, and before the verbs of a noun what is said of all of them."""
    for verb in command["commands"]:
        path = [*before, command["name"]]
        if verb["commands"]:
            yield f".SS {roff.text(' '.join([*path, verb['name']]))}"
            yield roff.text(verb["description"])
            yield from commands(verb, path)
            continue
        yield f".SS \"{synopsis(verb, path)}\""
        yield roff.text(verb["description"])
        yield from details(verb)


def exit_status(codes):
    if codes.keys() != EXIT.keys():
        raise ValueError(f"the program's exit status are {', '.join(codes)}; eng/manual/commands.py explains {', '.join(EXIT)}")
    for name, number in codes.items():
        yield ".TP"
        yield roff.bold(str(number))
        yield EXIT[name]


def sources(kinds):
    for kind in kinds:
        yield from roff.entry(roff.bold(kind["form"]), kind["description"])


def effects(kinds):
    for kind in kinds:
        yield from roff.entry(roff.bold(kind["kind"]), kind["description"])
        if kind["keys"]:
            yield ".RS"
        for key in kind["keys"]:
            otherwise = "" if key["default"] == "" else "; must be given" if key["default"] is None else f"; if left out {key['default']}"
            yield from roff.entry(roff.bold(key["key"]), f"{key['description']} ({key['values']}{otherwise})")
        if kind["keys"]:
            yield ".RE"

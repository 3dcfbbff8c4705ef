"""Tables in the documentation that come from a run: between `<!-- bench: FIGURE -->` and `<!-- /bench -->` stands what the figure's summary says."""
import re

PAGES = ["docs/frame-queue.md"]
PLACE = re.compile(r"(<!-- bench: (\w+) -->\n).*?(<!-- /bench -->)", re.DOTALL)


def fill(root, results):
    def table(place):
        lines = results["figures"].get(place[2], {}).get("summary")
        return place[1] + "\n".join(lines) + "\n" + place[3] if lines else place[0]

    for page in PAGES:
        text = (root / page).read_text(encoding="utf-8")
        (root / page).write_text(PLACE.sub(table, text), encoding="utf-8")

"""How pictures get from one process to another: camfx's frame queue beside what else is in use, one producer and one consumer each."""
from harness import cameras, copies, report, transports
from harness.copies import Copies
from harness.program import Program
from harness.row import Row
from harness.transports import PICTURE, TRANSPORTS

TITLE = "Transport: pictures of 1920x1080 I420 from one process to another"
CPU = "µs a frame"
OWN = "{rate} fps, CPU of the transport itself: without pacing, drawing and checking the pictures"
WHOLE = "{rate} fps, CPU of the two processes as a whole"
LATENCY = "{rate} fps, handed over → the consumer has it"
COPIED = "Copies by both processes, seen from outside"
CAMERA = "camfx run --source test:counter --effect brightness, its PipeWire node and its queue watched at once"
EFFECT = "brightness:value=10"
STALL_MS = 150
OURS = ("camfx", "client")


def measure(bench):
    with bench.session() as session:
        yield from _compare(bench, session, 30, 2 if bench.quick else 8, bench.repeats(5))
        if not bench.quick:
            yield from _compare(bench, session, 60, 4, 3)
        yield from _stalled(bench, session)
        yield from _copied(bench, session)
        yield from _camera(bench, session)


def summary(rows):
    """The table of docs/frame-queue.md."""
    medians = {(row.group, row.what): row.median for row in rows}

    def of(group, *parts):
        values = [medians.get((group, part)) for part in parts]
        return "–" if None in values else report.number(sum(values))

    own, latency = OWN.format(rate=30), LATENCY.format(rate=30)
    yield "| | producer, µs CPU a frame | consumer, µs CPU a frame | latency p50, ms | latency p99, ms | bytes copied a frame |"
    yield "|---|--:|--:|--:|--:|--:|"
    for label in (transport.label for transport in TRANSPORTS.values()):
        cells = [of(own, f"{label}, producer"), of(own, f"{label}, consumer"), of(latency, f"{label}, p50"), of(latency, f"{label}, p99"),
                 of(COPIED, f"{label}, memcpy and memmove", f"{label}, read and write")]
        yield f"| {label} | {' | '.join(cells)} |"


def _compare(bench, session, rate, seconds, rounds):
    runs, bare = {name: [] for name in TRANSPORTS}, []
    for number in range(rounds):
        bare.append(transports.bare(bench, rate, seconds))
        for name, transport in TRANSPORTS.items():
            runs[name].append(transports.run(bench, session, transport, rate, seconds, pacing=bare[-1].own,
                                            phase=(number + 0.5) / rounds))

    def of(name, value):
        return [value(run) for run in runs[name]]

    def ratio(value, peer):
        return [ours / theirs for ours, theirs in zip(of("camfx", value), of(peer, value))]

    def compared(what, value, polling, link, group):
        yield Row(f"{what}, camfx / polling queue", "×", ratio(value, "polling"), at_most=polling, group=group)
        yield Row(f"{what}, camfx / PipeWire link", "×", ratio(value, "link"), at_most=link, group=group)

    group = OWN.format(rate=rate)
    for name, transport in TRANSPORTS.items():
        yield Row(f"{transport.label}, producer", CPU, of(name, lambda run: run.sending), group=group)
        yield Row(f"{transport.label}, consumer", CPU, of(name, lambda run: run.consumer.own), group=group)
    yield Row("left out above: PipeWire's daemon", CPU, of("link", lambda run: run.daemon), group=group)
    yield Row("left out above: pacing", CPU, [side.own for side in bare], group=group)
    yield from compared("both sides", lambda run: run.own, 1 / 5, 1.1, group)

    group = WHOLE.format(rate=rate)
    for name, transport in TRANSPORTS.items():
        yield Row(transport.label, CPU, of(name, lambda run: run.whole), group=group)
    yield Row("paced, drawn and checked in one process, no transport", CPU, [side.whole for side in bare], group=group)
    yield from compared("both sides", lambda run: run.whole, None, 1.1, group)

    group = LATENCY.format(rate=rate)
    for name, transport in TRANSPORTS.items():
        yield Row(f"{transport.label}, p50", "ms", of(name, lambda run: run.consumer.percentile(0.5)), group=group)
        yield Row(f"{transport.label}, p99", "ms", of(name, lambda run: run.consumer.percentile(0.99)), group=group)
        yield Row(f"{transport.label}, never seen", "pictures", of(name, lambda run: run.consumer.missed), group=group)
    yield from compared("p99", lambda run: run.consumer.percentile(0.99), 1 / 10, 1.1, group)


def _stalled(bench, session):
    group = f"The consumer stands still for {STALL_MS} ms in the midst of every tenth picture, 30 fps"
    seconds = 2 if bench.quick else 8
    runs = {name: transports.run(bench, session, transport, 30, seconds, stall_ms=STALL_MS) for name, transport in TRANSPORTS.items()}
    for name, transport in TRANSPORTS.items():
        yield Row(f"{transport.label}, torn pictures taken for whole", "pictures", [runs[name].consumer.torn],
                  at_most=0 if name in OURS else None, group=group)
    for name, transport in TRANSPORTS.items():
        yield Row(f"{transport.label}, longest that the producer took to hand one over", "ms", [max(runs[name].producer.times)], group=group)


def _copied(bench, session):
    seconds = 1 if bench.quick else 4
    for name, transport in TRANSPORTS.items():
        with Copies(bench.copies_library, session.environment) as made, Copies(bench.copies_library, session.environment) as taken:
            seen = []

            def look(producer, consumer, made=made, taken=taken, seen=seen):
                seen.extend(copies.watch((made, taken), (producer.pid, consumer.pid), 30, seconds))

            transports.run(bench, session, transport, 30, seconds + 1, look=look, environments=(made.environment, taken.environment))
        yield from _seen(transport.label, seen, name in OURS, COPIED)
    with Copies(bench.copies_library, session.environment) as control:
        expected = int(bench.managed("copy-control", environment=control.environment))
        yield Row("to show that it is seen: what C# copies of whole pictures", "% found", [100 * control.bytes / expected], group=COPIED)


def _seen(who, seen, promised, group):
    """Three looks from outside; the last finds a copy whoever made it, but not how often."""
    yield Row(f"{who}, memcpy and memmove", "bytes a frame", [sum(side.memory for side in seen)], at_most=0 if promised else None, group=group)
    yield Row(f"{who}, read and write", "bytes a frame", [sum(side.kernel for side in seen)], group=group)
    yield Row(f"{who}, private memory used meanwhile", "pictures", [sum(side.touched for side in seen) / PICTURE],
              at_most=1 if promised else None, below=True, group=group)


def _camera(bench, session):
    with (Copies(bench.copies_library, session.environment) as drawing, Copies(bench.copies_library, session.environment) as reading,
          Program([*cameras.camfx(bench, "test:counter", output="queue"), "--output", "pipewire", "--effect", EFFECT], drawing.environment) as camera):
        cameras.wait_for_node(session, "camfx")
        with (Program([bench.watcher, "camfx"], reading.environment) as reader,
              Program([bench.consumer, "-t", "camfx"], session.environment) as other):
            for watching in (reader, other):
                watching.wait_for(lambda lines: len(lines) > 2, 20, "a third second")
            camfx, watcher = copies.watch((drawing, reading), (camera.pid, reader.pid), 30, 4 if bench.quick else 10)
            drawn = copies.memfds(camera.pid, "camfx-queue")
            maps = {"C reader of the queue": copies.mapped(reader.pid, PICTURE), "PipeWire consumer": copies.mapped(other.pid, PICTURE)}
    yield from _seen("camfx", [camfx], True, CAMERA)
    yield from _seen("C reader of the queue", [watcher], True, CAMERA)
    for who, mappings in maps.items():
        if not mappings:
            raise RuntimeError(f"the {who} maps no picture")
        same = [place for place, _, _ in mappings if place in drawn]
        note = "the same st_dev:st_ino, " + ", ".join(sorted({f"{device}:{inode}" for device, inode in same}))
        yield Row(f"{who}: mappings of pictures that are not the memfd camfx draws into", "mappings", [len(mappings) - len(same)], at_most=0,
                  note=note if same else "", group=CAMERA)

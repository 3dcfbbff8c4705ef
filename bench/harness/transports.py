"""The transports that are compared: a producer process and a consumer process each, carrying the same pictures (bench/peers/transport)."""
import itertools
import json
import socket
import struct
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from harness import cost
from harness.program import Program

PICTURE = 1920 * 1080 * 3 // 2
WARM_S = 1


@dataclass(frozen=True)
class Transport:
    label: str
    program: str
    poll_us: int = 0
    managed: bool = False       # its producer is Camfx.Bench


TRANSPORTS = {
    "camfx": Transport("camfx queue", "queue", managed=True),
    "client": Transport("camfx queue, producer in C", "queue"),
    "polling": Transport("polling queue", "polling"),
    "eager": Transport("polling queue, looked at each ms", "polling", poll_us=1000),
    "socket": Transport("Unix socket", "socket"),
    "link": Transport("PipeWire link", "link"),
}

_numbers = itertools.count(1)


@dataclass
class Side:
    """One process between two pictures: what it used, µs a picture, and how long each picture took."""
    whole: float
    own: float          # without drawing and checking
    times: list         # ms: the consumer's pictures' age when it has them; the producer's time to hand one over
    torn: int
    missed: int

    @staticmethod
    def of(report):
        frames = max(report["frames"], 1)
        return Side(report["cpu"] / frames / 1e3, (report["cpu"] - report["pixels"]) / frames / 1e3,
                    [time / 1e6 for time in report["times"]], report["torn"], report["missed"])

    def percentile(self, part):
        times = sorted(self.times)
        return times[min(int(len(times) * part), len(times) - 1)]


@dataclass
class Run:
    producer: Side
    consumer: Side
    daemon: float       # µs a picture of PipeWire's daemon

    @property
    def whole(self):
        return self.producer.whole + self.consumer.whole

    pacing: float       # µs a picture that a producer without any transport uses beside drawing and checking

    @property
    def sending(self):
        return self.producer.own - self.pacing

    @property
    def own(self):
        return self.sending + self.consumer.own


def run(bench, session, transport, rate, seconds, pacing=0, phase=0.5, stall_ms=0, look=None, environments=None):
    """
    Carries pictures for so long after a second to warm up. `pacing` is what `bare` found. The consumer is started that part of a picture's
    time late: one that polls stays as far behind as it began. `look` is called with both programs when the measured time has begun; `environments`
    are the producer's and the consumer's.
    """
    warm = rate * WARM_S
    frames = warm + int(rate * seconds)
    daemon = _pipewire(session)
    with tempfile.TemporaryDirectory(prefix="camfx-bench-") as folder:
        address = f"bench-{next(_numbers)}" if transport.program == "link" else f"{folder}/queue"
        numbers = [str(number) for number in (warm, frames, rate)]
        peer = bench.transport(transport.program)
        if transport.managed:
            produce = [bench.managed_program, "transport-writer", address, bench.picture_library, *numbers]
        else:
            produce = [peer, "produce", address, *numbers]
        consume = [peer, "consume", address, *numbers, str(stall_ms), str(transport.poll_us)]
        environments = environments or [session.environment] * 2
        patience = 10 + 3 * (seconds + WARM_S)
        with Program(produce, _compiled(environments[0])) as producer:
            producer.wait_for(lambda lines: "ready" in lines, 10, "its start")
            time.sleep(phase / rate)
            with Program(consume, environments[1]) as consumer:
                producer.wait_for(lambda lines: "begin" in lines, patience, "the first second")
                before = cost.cpu_seconds(daemon)
                if look:
                    look(producer, consumer)
                producer.wait_for(_report, patience, "the last picture")
                idle = cost.cpu_seconds(daemon) - before
                consumer.wait_for(_report, patience, "the last picture")
                made, taken = _report(producer.lines), _report(consumer.lines)
    return Run(Side.of(made), Side.of(taken), 1e6 * idle / made["frames"], pacing)


def bare(bench, rate, seconds):
    """Pictures paced, drawn and checked in one process: what a transport finds there already."""
    warm = rate * WARM_S
    command = [bench.transport("bare"), "produce", "-", str(warm), str(warm + int(rate * seconds)), str(rate)]
    with Program(command) as program:
        program.wait_for(_report, 10 + 3 * (seconds + WARM_S), "the last picture")
        return Side.of(_report(program.lines))


def _report(lines):
    return next((json.loads(line) for line in lines if line.startswith("{")), None)


def _compiled(environment):
    """camfx is compiled before it runs; a producer that is compiled while it is measured measures the compiler."""
    return {**environment, "DOTNET_TieredCompilation": "0"}


def _pipewire(session):
    """The process that listens on the session's socket."""
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(Path(session.environment["XDG_RUNTIME_DIR"]) / "pipewire-0"))
        return struct.unpack("iII", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]

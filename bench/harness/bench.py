"""What every figure is given: where things are, how long to measure, and the peers, built when first asked for."""
import os
import shlex
import subprocess
from functools import cached_property
from pathlib import Path

from harness.session import Session

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "bench"


class Bench:
    def __init__(self, quick):
        self.quick = quick
        self.camfx = os.environ.get("CAMFX", str(ROOT / "out" / "bin" / "camfx"))
        OUT.mkdir(parents=True, exist_ok=True)

    def repeats(self, full):
        """How many rounds: all of them, or one with --quick."""
        return 1 if self.quick else full

    def seconds(self, full):
        """How long to measure: so long, or 4 s with --quick."""
        return min(full, 4) if self.quick else full

    def session(self, portal=False):
        return Session(ROOT / "tests" / "session" / "session.sh", portal)

    @cached_property
    def consumer(self):
        return self._compile(ROOT / "bench" / "peers" / "consumer.c")

    @cached_property
    def producer(self):
        return self._compile(ROOT / "tests" / "reference" / "producer.c")

    @cached_property
    def clip(self):
        """An H.264 film of 40 s, 1920x1080, 30 fps, about 8 Mbit/s: as costly to decode as a camera's own."""
        clip = OUT / "clip.mp4"
        if not clip.exists():
            picture = "testsrc2=size=1920x1080:rate=30:duration=40,noise=alls=8:allf=t"
            partial = OUT / "clip.partial.mp4"
            subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "veryfast",
                            "-b:v", "8M", "-maxrate", "10M", "-bufsize", "10M", "-g", "60", "-pix_fmt", "yuv420p", str(partial)], check=True)
            partial.rename(clip)
        return str(clip)

    def managed(self, *arguments):
        """Runs a verb of Camfx.Bench and returns what it printed."""
        program = ROOT / "out" / "artifacts" / "bin" / "Camfx.Bench" / "release" / "Camfx.Bench"
        if not program.exists():
            raise RuntimeError("Camfx.Bench is not built; run eng/build.sh --tests")
        done = subprocess.run([str(program), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"Camfx.Bench {' '.join(arguments)} failed with {done.returncode}: {done.stderr.strip()[-400:]}")
        return done.stdout

    @staticmethod
    def _compile(source):
        program = OUT / source.stem
        flags = shlex.split(subprocess.run(["pkg-config", "--cflags", "--libs", "libpipewire-0.3"],
                                           check=True, capture_output=True, text=True).stdout)
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-o", str(program), str(source), *flags], check=True)
        return str(program)

"""What every figure is given: where things are, how long to measure, and the peers, built when first asked for."""
import os
import shlex
import subprocess
from functools import cache, cached_property
from pathlib import Path

from harness.session import Session

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "bench"
OPTIMISED = ["-O3"]
LIBRARY = ["-shared", "-fPIC"]


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

    @cache
    def transport(self, name):
        """A peer of bench/peers/transport, built."""
        folder = ROOT / "bench" / "peers" / "transport"
        return self._compile(folder / f"{name}.c", folder / "picture.c", options=OPTIMISED, name=f"transport-{name}")

    @cached_property
    def picture_library(self):
        return self._compile(ROOT / "bench" / "peers" / "transport" / "picture.c", options=[*OPTIMISED, *LIBRARY], name="picture.so")

    @cached_property
    def copies_library(self):
        # Its loops must not become calls of the very functions it stands for.
        options = [*LIBRARY, "-O2", "-fno-builtin", "-fno-tree-loop-distribute-patterns"]
        return self._compile(ROOT / "bench" / "peers" / "transport" / "copies.c", options=options, name="copies.so")

    @cached_property
    def watcher(self):
        return self._compile(ROOT / "sdk" / "c" / "examples" / "watch.c", options=["-O2", f"-I{ROOT / 'sdk' / 'c'}"])

    @cached_property
    def managed_program(self):
        program = ROOT / "out" / "artifacts" / "bin" / "Camfx.Bench" / "release" / "Camfx.Bench"
        if not program.exists():
            raise RuntimeError("Camfx.Bench is not built; run eng/build.sh --tests")
        return str(program)

    def managed(self, *arguments, environment=None):
        """Runs a verb of Camfx.Bench and returns what it printed."""
        done = subprocess.run([self.managed_program, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"Camfx.Bench {' '.join(arguments)} failed with {done.returncode}: {done.stderr.strip()[-400:]}")
        return done.stdout

    @staticmethod
    def _compile(*sources, options=("-O2",), name=None):
        program = OUT / (name or sources[0].stem)
        pipewire = shlex.split(subprocess.run(["pkg-config", "--cflags", "--libs", "libpipewire-0.3"],
                                              check=True, capture_output=True, text=True).stdout)
        warnings = ["-Wall", "-Wextra"]
        subprocess.run(["gcc", *options, *warnings, "-o", str(program), *map(str, sources), "-Wl,--as-needed", *pipewire], check=True)
        return str(program)

"""Tests of what the Debian packages are made from. That they build, install, run and leave nothing is tried by `make deb` itself."""
import pathlib
import re
import shutil
import subprocess
import tempfile

from skipped import Skipped

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, **options)


def imports(program):
    """What the published program imports: the libraries, and the functions of each."""
    done = run("python3", "eng/native-imports.py", *map(str, sorted((ROOT / "out/lib" / program).glob("*amfx*.dll"))))
    assert done.returncode == 0, done.stderr
    found = {}
    for line in done.stdout.splitlines():
        library, function = line.split()
        found.setdefault(library, set()).add(function)
    return found


def every_library_of_the_code_is_found_in_the_programs():
    """The names stand as constants in the code; FFmpeg's, with the version of the machine, in what its probe wrote."""
    sources = list((ROOT / "src").rglob("*.cs")) + list((ROOT / "out/artifacts/obj/Camfx.FFmpeg").rglob("LibAv.g.cs"))
    named = {name for path in sources for name in re.findall(r'const string \w+ = "(lib[^"]+\.so\.[0-9]+)"', path.read_text(encoding="utf-8"))}
    assert len(named) > 10, named
    named.remove("libonnxruntime.so.1")     # looked for when a network is asked for, so that nobody has to have it
    assert set(imports("camfx")) == named, set(imports("camfx")) ^ named
    assert set(imports("camfx-helper")) == {"libsystemd.so.0"}, set(imports("camfx-helper"))


def a_function_is_found_with_its_library():
    found = imports("camfx")
    assert "sd_bus_message_read_basic" in found["libsystemd.so.0"]
    assert "pw_stream_new" in found["libpipewire-0.3.so.0"]
    assert all(name.startswith("cairo_") for name in found["libcairo.so.2"]), found["libcairo.so.2"]


def a_program_is_linked_that_needs_the_same_libraries():
    if not shutil.which("objdump"):
        raise Skipped("objdump is not installed")
    with tempfile.TemporaryDirectory() as folder:
        program = str(pathlib.Path(folder, "imports"))
        done = run("eng/native-imports.sh", "out/lib/camfx", program)
        assert done.returncode == 0, done.stderr
        needed = set(re.findall(r"NEEDED +(\S+)", run("objdump", "-p", program).stdout))
        assert needed - {"libc.so.6"} == set(imports("camfx")), needed


def what_only_debuggers_load_is_not_published():
    for program in ("camfx", "camfx-helper"):
        left = [path.name for path in (ROOT / "out/lib" / program).iterdir() if re.match(r"createdump|libmscor|libclrgc|libclretw|.*traceptprovider", path.name)]
        assert not left, left


TESTS = [
    every_library_of_the_code_is_found_in_the_programs, a_function_is_found_with_its_library, a_program_is_linked_that_needs_the_same_libraries,
    what_only_debuggers_load_is_not_published,
]

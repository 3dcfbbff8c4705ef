"""Tests of what `make install` lays into a system: units, bus policy, polkit, udev, module loader. The ring `kernel` tries the same files in a real one."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as xml
from contextlib import contextmanager

from skipped import Skipped

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ACTIVE_YES = {"allow_any": "auth_admin", "allow_inactive": "auth_admin", "allow_active": "yes"}
ADMIN = dict.fromkeys(ACTIVE_YES, "auth_admin")
ACTIONS = {
    "org.camfx.helper.create-device": ACTIVE_YES,
    "org.camfx.helper.remove-device": ACTIVE_YES,
    "org.camfx.helper.manage-others": ADMIN,
    "org.camfx.helper.load-module": ACTIVE_YES,
}
OLD, NEW = "", "char-major-10-255"      # the module's aliases, without and with a control device


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


def need(tool):
    if not shutil.which(tool):
        raise Skipped(f"{tool} is not installed")


@contextmanager
def tree():
    """The files as `make install DESTDIR=…` lays them."""
    with tempfile.TemporaryDirectory() as folder:
        done = run("eng/install-tree.sh", cwd=ROOT, env={**os.environ, "DESTDIR": folder, "PREFIX": "/usr"})
        assert done.returncode == 0, done.stderr
        helper = pathlib.Path(folder, "usr/lib/camfx-helper/camfx-helper")
        if not helper.exists():             # systemd looks whether what a unit starts is there
            helper.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy("/bin/true", helper)
        yield pathlib.Path(folder)


def an_installed_tree_is_whole_and_its_camfx_runs():
    with tree() as root:
        left = [path for path in root.rglob("*") if path.is_file() and path.stat().st_size < 100_000 and b"@LIBDIR@" in path.read_bytes()]
        assert not left, f"@LIBDIR@ is left in {left}"
        done = run(str(root / "usr/bin/camfx"), "--help")
        assert done.returncode == 0 and "run" in done.stdout, f"exit {done.returncode}: {done.stderr}"
        for name in ("usr/share/dbus-1/system.d/org.camfx.Helper1.conf", "usr/lib/udev/rules.d/60-camfx.rules", "etc/camfx/devices.conf",
                     "usr/lib/systemd/user/camfx.service", "usr/share/dbus-1/services/org.camfx.Camfx1.service",
                     "usr/share/dbus-1/interfaces/org.camfx.Camera1.xml", "usr/share/bash-completion/completions/camfx",
                     "usr/share/man/man1/camfx.1", "usr/share/man/man7/org.camfx.Camfx1.7", "usr/share/metainfo/org.camfx.Camfx.metainfo.xml",
                     "usr/share/icons/hicolor/scalable/apps/org.camfx.Camfx.svg", "usr/lib/systemd/user-preset/90-camfx.preset"):
            assert (root / name).is_file(), f"{name} is missing"


def an_administrators_devices_conf_stays():
    with tempfile.TemporaryDirectory() as folder:
        mine = pathlib.Path(folder, "etc/camfx/devices.conf")
        mine.parent.mkdir(parents=True)
        mine.write_text("12 camfx mine\n", encoding="utf-8")
        done = run("eng/install-tree.sh", cwd=ROOT, env={**os.environ, "DESTDIR": folder, "PREFIX": "/usr"})
        assert done.returncode == 0, done.stderr
        assert mine.read_text(encoding="utf-8") == "12 camfx mine\n"


def systemd_takes_every_line_of_the_units():
    need("systemd-analyze")
    with tree() as root:
        units = sorted(path.name for path in (root / "usr/lib/systemd/system").iterdir())
        done = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", f"--root={root}", *units)
        assert done.returncode == 0 and "Unknown" not in done.stderr, done.stderr


def systemd_takes_every_line_of_the_users_unit():
    need("systemd-analyze")
    with tree() as root:
        text = (root / "usr/lib/systemd/user/camfx.service").read_text(encoding="utf-8")
        unit = root / "camfx.service"       # where no other unit is looked for, and what it starts is in the tree
        unit.write_text(text.replace("ExecStart=", f"ExecStart={root}"), encoding="utf-8")
        done = run("systemd-analyze", "--user", "verify", "--man=no", "--recursive-errors=no", str(unit),
                   env={**os.environ, "XDG_RUNTIME_DIR": str(root)})
        assert done.returncode == 0 and "Unknown" not in done.stderr, done.stderr


def bash_completes_verbs_sources_and_effects():
    need("bash")
    script = """
        . data/completions/camfx.bash
        PATH=$PWD/out/bin:$PATH
        compopt() { :; }
        try() {
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"$1"
            _camfx
            echo "${COMPREPLY[@]}"
        }
        try "camfx sta"; try "camfx effect add bri"; try "camfx effect add brightness:val"; try "camfx source set test:smp"; try "camfx camera set camfx idle="
        """
    done = run("bash", "-c", script, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    lines = [sorted(line.split()) for line in done.stdout.splitlines()]
    assert lines == [["start", "status"], ["brightness:"], ["value="], ["smpte"], ["always", "off", "on-demand"]], done.stdout


# What stands on the line, and what can come: in every shell the same.
COMPLETED = {
    "camfx sta": ["start", "status"],
    "camfx effect add bri": ["brightness:"],
    "camfx effect add brightness:val": ["brightness:value="],
    "camfx effect add mirror:mode=le": ["mirror:mode=left"],
    "camfx source set test:smp": ["test:smpte"],
    "camfx camera set camfx idle=": ["idle=always", "idle=off", "idle=on-demand"],
}


def completed(shell, script):
    """Runs a script of a shell, which prints for each line what can come there, and an empty line behind."""
    need(shell)
    path = f"{ROOT}/out/bin:{os.environ['PATH']}"
    done = run(shell, "-f" if shell == "zsh" else "--no-config", "-c", script, *COMPLETED, cwd=ROOT, env={**os.environ, "PATH": path})
    assert done.returncode == 0, done.stderr
    answers = [sorted(answer.splitlines()) for answer in done.stdout.split("\n\n")]
    assert dict(zip(COMPLETED, answers)) == COMPLETED, done.stdout + done.stderr


def zsh_completes_the_same():
    # The words are given as zsh's completion gives them, and what is added is printed; files come only where nothing is known.
    completed("zsh", """
        compadd() { while [[ $1 != -- ]]; do shift; done; print -l -- "${@:2}" }
        _files() { print files }
        try() {
            words=("${(@s: :)1}") CURRENT=$#words
            source data/completions/_camfx
            print
        }
        for line in "$0" "$@"; do try "$line"; done
        """)


def fish_completes_the_same():
    completed("fish", """
        source data/completions/camfx.fish
        for line in $argv
            complete -C "$line" | string replace -r '\t.*' ''
            echo
        end
        """)


def the_dbus_page_is_what_the_xml_says():
    done = run("python3", "eng/dbus-docs.py", "--check", cwd=ROOT)
    assert done.returncode == 0, done.stderr


def the_manual_pages_are_what_the_trimmed_program_says():
    done = run("python3", "eng/man-pages.py", "--check", cwd=ROOT, env={**os.environ, "CAMFX": "out/bin/camfx"})
    assert done.returncode == 0, done.stderr


def the_units_are_exposed_to_little():
    need("systemd-analyze")
    with tree() as root:
        for unit, most in (("camfx-helper.service", 6), ("camfx-modules.service", 17)):
            done = run("systemd-analyze", "security", "--offline=true", f"--threshold={most}", "--no-pager", f"--root={root}", unit)
            assert done.returncode == 0, done.stdout.strip().splitlines()[-1:] or done.stderr


def udev_takes_the_rules():
    need("udevadm")
    if run("udevadm", "verify", "--help").returncode != 0:
        raise Skipped("udevadm is older than 254 and cannot verify")
    # It looks every user up, and camfx is a user only where camfx is installed.
    done = run("udevadm", "verify", "--resolve-names=never", "data/udev/60-camfx.rules", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def every_xml_file_is_well_formed():
    for path in sorted((ROOT / "data").rglob("*")):
        if path.suffix in (".xml", ".conf", ".policy") and path.read_text(encoding="utf-8").startswith("<"):
            xml.parse(path)


def polkit_is_told_the_contract():
    actions = {action.get("id"): action for action in xml.parse(ROOT / "data/polkit/org.camfx.helper.policy").iter("action")}
    assert set(actions) == set(ACTIONS), f"actions are {sorted(actions)}"
    for name, defaults in ACTIONS.items():
        told = {entry.tag: entry.text for entry in actions[name].find("defaults")}
        assert told == defaults, f"{name}: {told}"
        owner = actions[name].find("annotate[@key='org.freedesktop.policykit.owner']")
        assert owner is not None and owner.text == "unix-user:camfx", f"{name}: the helper is not its owner, so polkit would refuse to answer it"


def polkits_rules_let_in_the_group_and_start_one_unit():
    need("node")
    program = """
        const rules = [];
        globalThis.polkit = { addRule: rule => rules.push(rule), Result: { YES: "yes" } };
        require("vm").runInThisContext(require("fs").readFileSync(process.argv[1], "utf8"));
        function ask(id, user, groups, details = {}) {
            const subject = { user, isInGroup: name => groups.includes(name) };
            for (const rule of rules) { const said = rule({ id, lookup: key => details[key] }, subject); if (said) return said; }
            return "ask further";
        }
        const unit = (unit, verb) => ({ unit, verb });
        const helper = "org.camfx.helper.", manage = "org.freedesktop.systemd1.manage-units";
        for (const answer of [
            ask(helper + "create-device", "ada", ["camfx"]), ask(helper + "remove-device", "ada", ["camfx"]), ask(helper + "load-module", "ada", ["camfx"]),
            ask(helper + "manage-others", "ada", ["camfx"]), ask(helper + "create-device", "bob", ["video"]),
            ask(manage, "camfx", ["camfx"], unit("camfx-modules.service", "start")), ask(manage, "camfx", ["camfx"], unit("camfx-modules.service", "stop")),
            ask(manage, "camfx", ["camfx"], unit("ssh.service", "start")), ask(manage, "ada", ["camfx"], unit("camfx-modules.service", "start")),
        ]) console.log(answer);"""
    done = run("node", "-e", program, str(ROOT / "data/polkit/org.camfx.helper.rules"))
    assert done.returncode == 0, done.stderr
    no = "ask further"
    assert done.stdout.splitlines() == ["yes", "yes", "yes", no, no, "yes", no, no, no], done.stdout


@contextmanager
def loader(aliases, configured=""):
    """The module loader where modprobe writes down what it is called with; gives a function that runs it with a devices.conf."""
    with tempfile.TemporaryDirectory() as folder:
        def tool(name, text):
            path = pathlib.Path(folder, name)
            path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            path.chmod(0o755)

        tool("modinfo", "exit 1" if aliases is None else f"echo {aliases}")
        tool("modprobe", f'if [ "$1" = --showconfig ]; then printf "%s\\n" "{configured}"; else printf "%s\\n" "$@" >"{folder}/calls"; fi')
        configuration = pathlib.Path(folder, "devices.conf")

        def load(text=""):
            configuration.write_text(text, encoding="utf-8")
            done = run("sh", str(ROOT / "data/modules/load-modules"),
                       env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "CAMFX_DEVICES": str(configuration), "CAMFX_SYS": f"{folder}/sys"})
            calls = pathlib.Path(folder, "calls")
            return done, calls.read_text(encoding="utf-8").splitlines() if calls.exists() else None

        load.sys = pathlib.Path(folder, "sys")
        yield load


def a_module_that_can_make_nodes_is_loaded_without_any():
    with loader(NEW) as load:
        done, call = load()
        assert (done.returncode, call) == (0, ["v4l2loopback", "devices=0"]), (done.stderr, call)


def a_module_that_is_loaded_already_is_left_alone_and_udev_looks_at_its_control_device():
    with loader(NEW) as load:
        (load.sys / "module/v4l2loopback").mkdir(parents=True)
        done, call = load()
        assert (done.returncode, call) == (0, None), (done.stderr, call)
        uevent = load.sys / "devices/virtual/misc/v4l2loopback/uevent"
        uevent.parent.mkdir(parents=True)
        done, call = load()
        assert (done.returncode, call, uevent.read_text(encoding="utf-8")) == (0, None, "change\n"), (done.stderr, call)


def an_old_module_is_loaded_with_the_nodes_of_devices_conf():
    with loader(OLD) as load:
        done, call = load("# mine\n\n63 camfx\n62  camfx second one   # the other\n")
        assert done.returncode == 0, done.stderr
        assert call == ["v4l2loopback", "devices=2", "video_nr=63,62", 'card_label="camfx,camfx second one"', "exclusive_caps=1,1",
                        "max_buffers=8", "max_openers=64"], call
        done, call = load((ROOT / "data/modules/devices.conf").read_text(encoding="utf-8"))
        assert done.returncode == 0 and call[1:4] == ["devices=1", "video_nr=63", 'card_label="camfx"'], (done.stderr, call)


def a_bad_devices_conf_loads_nothing_and_says_what_is_wrong():
    for text, word in (("64 camfx", "63"), ("x camfx", "number"), ("1 camfx,2", "comma"), ("1 camfx %s", "percent"), ("1 " + "c" * 32, "31"),
                       ("# none", "no device"), ("\n".join(f"{n} camfx {n}" for n in range(9)), "8")):
        with loader(OLD) as load:
            done, call = load(text + "\n")
            assert done.returncode != 0 and call is None and word in done.stderr, (text, done.stderr, call)


def options_of_the_administrator_are_not_overridden():
    for aliases in (OLD, NEW):
        with loader(aliases, "options v4l2loopback devices=2") as load:
            done, call = load("63 camfx\n")
            assert (done.returncode, call) == (0, ["v4l2loopback"]), (done.stderr, call)


def a_kernel_without_the_module_is_told_what_to_install():
    with loader(None) as load:
        done, call = load("63 camfx\n")
        assert done.returncode != 0 and call is None and "v4l2loopback-dkms" in done.stderr, (done.stderr, call)


TESTS = [
    an_installed_tree_is_whole_and_its_camfx_runs, an_administrators_devices_conf_stays, systemd_takes_every_line_of_the_units,
    systemd_takes_every_line_of_the_users_unit, bash_completes_verbs_sources_and_effects, zsh_completes_the_same, fish_completes_the_same, the_dbus_page_is_what_the_xml_says,
    the_manual_pages_are_what_the_trimmed_program_says, the_units_are_exposed_to_little, udev_takes_the_rules, every_xml_file_is_well_formed, polkit_is_told_the_contract,
    polkits_rules_let_in_the_group_and_start_one_unit, a_module_that_can_make_nodes_is_loaded_without_any,
    a_module_that_is_loaded_already_is_left_alone_and_udev_looks_at_its_control_device,
    an_old_module_is_loaded_with_the_nodes_of_devices_conf, a_bad_devices_conf_loads_nothing_and_says_what_is_wrong,
    options_of_the_administrator_are_not_overridden, a_kernel_without_the_module_is_told_what_to_install,
]

"""Who may do what: people at the machine, members of the group camfx, others; quotas, labels, and hostile queues."""
import machine
import video
from outcome import wait_for
from person import Person, Refused

SMALL = {"width": 64, "height": 48, "fps": 5.0}


def refused(name, act, *arguments, **options):
    """The call must be refused with that error; returns its message."""
    try:
        act(*arguments, **options)
    except Refused as error:
        assert error.name == name, f"{error} instead of {name}"
        assert error.message, f"{name} without a sentence"
        return error.message
    raise AssertionError(f"no {name}")


def remove_all():
    with Person("root") as root:
        for device in root.devices():
            root.remove(device)
    wait_for(lambda: not video.nodes(), "the end of all nodes")


def without_a_seat_and_without_the_group_nothing_is_made():
    with Person("bob") as bob:
        refused("NotPermitted", bob.create, "camfx", **SMALL)


def who_sits_at_the_machine_makes_and_removes_devices():
    with machine.seat("bob"), Person("bob") as bob:
        device = bob.create("camfx", **SMALL)
        bob.remove(device)


def a_member_of_the_group_makes_and_removes_devices():
    with Person(machine.add_user("carol", "camfx")) as carol:
        device = carol.create("camfx", **SMALL)
        carol.remove(device)


def a_device_is_its_owners():
    machine.join_camfx("ada")
    machine.join_camfx("bob")
    with Person("ada") as ada, Person("bob") as bob, Person("root") as root:
        device = ada.create("camfx", **SMALL)
        refused("NotPermitted", bob.remove_now, device)
        refused("NotPermitted", bob.attach, device, 64, 48)
        assert bob.get(device, "Owner") == ada.uid, "everybody may look"
        root.remove(device)
        refused("org.freedesktop.DBus.Error.UnknownObject", ada.remove_now, device)


def two_people_have_devices_side_by_side():
    with Person("ada") as ada, Person("bob") as bob:
        hers, his = ada.create("camfx", **SMALL), bob.create("camfx bob", **SMALL)
        assert hers != his and ada.get(hers, "Path") != bob.get(his, "Path")
        assert {entry["Label"] for entry in ada.devices().values()} == {"camfx", "camfx bob"}
    remove_all()


def a_user_has_eight_nodes():
    with Person("ada") as ada, Person("bob") as bob:
        first = ada.create("camfx", readers=4, **SMALL)
        assert len(ada.get(first, "Paths")) == 4, ada.get(first, "Paths")
        devices = [ada.create(f"camfx {number}", **SMALL) for number in range(4)]
        message = refused("LimitReached", ada.create, "camfx 9", **SMALL)
        assert "8" in message, message
        bob.remove(bob.create("camfx bob", **SMALL))
        ada.remove(devices[0])
        ada.create("camfx again", **SMALL)
    remove_all()


def the_machine_has_32():
    people = [machine.add_user(f"user{number}", "camfx") for number in range(5)]
    persons = [Person(name) for name in people]
    try:
        for number, person in enumerate(persons[:4]):
            for half in range(2):
                person.create(f"camfx {number} {half}", readers=4, **SMALL)
        refused("LimitReached", persons[4].create, "camfx", **SMALL)
        assert len(video.nodes()) == 32, video.nodes()
    finally:
        for person in persons:
            person.kill()
    remove_all()


def a_device_stays_when_its_maker_goes():
    with Person("ada") as ada:
        device = ada.create("camfx", width=320, height=240)
        ada.attach(device, 320, 240)
        path = ada.get(device, "Path")
        with video.Node(path) as node:
            node.start()
            wait_for(lambda: ada.get(device, "State") == "streaming", "the picture")
            ada.kill()
            with Person("ada") as again:
                wait_for(lambda: again.get(device, "State") == "placeholder", "the placeholder")
                assert video.chromium_lists(path) == [("YUYV", 320, 240)]
                again.attach(device, 320, 240)
                wait_for(lambda: again.get(device, "State") == "streaming", "the picture of the next one")
    remove_all()


def labels_that_no_app_could_show_are_refused():
    with Person("ada") as ada:
        for label in ("", "c" * 32, "camfx %s", "camfx\n", "camfx\x1b[2J", "ä" * 16):
            refused("InvalidArgument", ada.create, label, **SMALL)
        longest = "camfx " + "ä" * 12 + "x"
        device = ada.create(longest, **SMALL)
        assert video.ask(ada.get(device, "Path")).card == longest
    remove_all()


def impossible_options_are_refused():
    with Person("ada") as ada:
        for options in ({"width": 0}, {"width": 100000}, {"height": 1}, {"fps": 0.0}, {"fps": float("nan")}, {"format": "XXXX"}, {"readers": 5},
                        {"readers": 0}, {"backend": "magic"}, {"number": 70000}, {"colour": "red"}):
            refused("InvalidArgument", ada.create, "camfx", **options)
        assert ada.devices() == {} and video.nodes() == []


def a_wanted_number_is_given_or_said_to_be_taken():
    machine.load_modules()
    machine.add_loopback("OBS Virtual Camera", 7)
    with Person("ada") as ada:
        refused("Busy", ada.create, "camfx", number=7, **SMALL)
        device = ada.create("camfx", number=8, **SMALL)
        assert ada.get(device, "Path") == "/dev/video8"
        ada.remove(device)
    assert video.nodes() == ["/dev/video7"], "somebody else's node stays"
    machine.remove_loopback(7)


def a_hostile_queue_hurts_nobody():
    """Every kind of forged queue is refused or detached; the helper is the same process, and shows other people's cameras all the time."""
    pid = machine.helper_answers()
    with Person("ada") as ada, Person("bob") as bob:
        good, bad = ada.create("camfx", width=320, height=240), bob.create("camfx bob", width=320, height=240)
        ada.attach(good, 320, 240)
        for kind in ("empty", "zeros", "unsealed", "short", "huge", "slots", "first slot", "wide", "stride", "pipe", "device", "control",
                     "control is a pipe", "huge pages"):
            try:
                bob.attach_hostile(bad, kind, 320, 240)
            except Refused as error:
                assert error.name == "InvalidArgument", f"{kind}: {error}"
            else:
                raise AssertionError(f"a queue that is {kind} was taken")
        with video.Node(bob.get(bad, "Path")) as watched, video.Node(ada.get(good, "Path")) as node:
            watched.start()
            node.start()
            bob.attach_hostile(bad, "changing", 320, 240)
            wait_for(lambda: bob.get(bad, "Statistics")["violations"], "the end of the queue that changed")
            assert bob.get(bad, "State") == "placeholder" and bob.get(bad, "StateReason"), bob.devices()[bad]
            wait_for(lambda: ada.get(good, "State") == "streaming", "the other's picture")
            for _ in range(5):
                node.frame()
    assert machine.helper_pid() == pid, "the helper died"
    remove_all()


def a_device_in_use_is_not_removed():
    with Person("ada") as ada:
        device = ada.create("camfx", width=320, height=240)
        with video.Node(ada.get(device, "Path")) as node:
            node.start()
            node.frame()
            message = refused("Busy", ada.remove_now, device)
            assert message
            node.frame()            # and it goes on
            assert device in ada.devices()
        ada.remove(device)
    wait_for(lambda: not video.nodes(), "the end of the node")


TESTS = [
    without_a_seat_and_without_the_group_nothing_is_made, who_sits_at_the_machine_makes_and_removes_devices,
    a_member_of_the_group_makes_and_removes_devices, a_device_is_its_owners, two_people_have_devices_side_by_side, a_user_has_eight_nodes,
    the_machine_has_32, a_device_stays_when_its_maker_goes, labels_that_no_app_could_show_are_refused, impossible_options_are_refused,
    a_wanted_number_is_given_or_said_to_be_taken, a_hostile_queue_hurts_nobody, a_device_in_use_is_not_removed,
]

"""The kernel's test driver vivid: capture in every format and memory type, and an output whose pictures are compared byte for byte."""
import machine
import vivid
from outcome import wait_for
from parts.readers import expect_film
from person import Person

WIDTH, HEIGHT = 640, 480


def _feeds(memory, dmabufs):
    """The helper shows a queue on vivid's output in one way of memory, and vivid's capture node shows the same frames."""
    def test():
        machine.join_camfx("ada")
        vivid.load()
        try:
            with machine.seat("ada"), Person("ada") as ada:
                device = ada.create("camfx", backend="v4l2-output", number=int(vivid.OUTPUT.removeprefix("/dev/video")), width=WIDTH, height=HEIGHT)
                assert ada.get(device, "Path") == vivid.OUTPUT
                ada.attach(device, WIDTH, HEIGHT, 10, dmabufs=dmabufs, memory=memory)
                        used = ada.get(device, "Memory")
                assert used.split(":")[0] == memory, used
                before = ada.get(device, "Statistics")
                expect_film(vivid.capture(WIDTH, HEIGHT, 8), WIDTH, HEIGHT, f"vivid by {memory}")
                after = ada.get(device, "Statistics")
                if memory in ("dmabuf", "userptr"):
                    assert after["frames"] > before["frames"] and after["copied-bytes"] == before["copied-bytes"], (before, after)
                assert after["faults"] == 0, after
                ada.remove(device)
        finally:
            vivid.unload()
    test.__name__ = f"frames_reach_an_output_node_by_{memory}"
    return test


TESTS = [_feeds("dmabuf", True), _feeds("userptr", False), _feeds("mmap", False), _feeds("write", False)]

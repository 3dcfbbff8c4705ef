"""The helper on an output node that is not v4l2loopback's: vivid's, whose pictures come back out of its camera."""
import machine
import vivid
from parts.readers import expect_film
from person import Person

WIDTH, HEIGHT = 640, 480


def _feeds(memory, dmabufs):
    """The helper shows a queue on vivid's output in one way of memory, and vivid's capture node shows the same frames."""
    def test():
        machine.join_camfx("ada")
        with vivid.connected(), machine.seat("ada"), Person("ada") as ada:
            device = ada.create("camfx", backend="v4l2-output", number=int(vivid.OUTPUT.removeprefix("/dev/video")), width=WIDTH, height=HEIGHT)
            assert ada.get(device, "Path") == vivid.OUTPUT
            ada.attach(device, WIDTH, HEIGHT, 10, dmabufs=dmabufs, memory=memory)
            expect_film(vivid.capture(WIDTH, HEIGHT, 40), WIDTH, HEIGHT, f"vivid by {memory}")
            used, counts = ada.get(device, "Memory"), ada.get(device, "Statistics")
            assert used.split(":")[0] == memory, used
            assert counts["frames"] > 0 and counts["faults"] == 0, counts
            if memory in ("dmabuf", "userptr"):         # placeholders are not counted: frames are not copied
                assert counts["copied-bytes"] == 0, counts
    test.__name__ = f"frames_reach_an_output_node_by_{memory}"
    return test


TESTS = [_feeds("dmabuf", True), _feeds("userptr", False), _feeds("mmap", False)]       # its output refuses write()

"""The same as v4l2 on Debian 12: v4l2loopback 0.12.7 without a control node, a kernel without /dev/udmabuf."""
from parts.v4l2 import captures, controls_are_listed_set_reset_and_restored, loopbacks, loops

WAYS = ("userptr", "mmap", "readwrite")

TESTS = [loopbacks("mmap"), loopbacks("readwrite"), captures("single_planar", WAYS), captures("multi_planar", WAYS, multiplanar=2),
         controls_are_listed_set_reset_and_restored, loops("userptr"), loops("mmap")]

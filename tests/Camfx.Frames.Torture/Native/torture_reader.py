"""A reader of the torture test in Python, with sdk/python/camfx_queue.py. Usage: torture_reader.py SDK_FOLDER SOCKET BOARD PLACE

Picture and board are those of Picture.cs and Board/. It has no time to add up words: it compares every byte with what the writer draws for the sequence.
"""
import mmap
import os
import struct
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import camfx_queue

LINE, MASK = 512, 2**64 - 1
GENERATION, SEQUENCE, ACCEPTED, TORN, REJECTED_WHOLE, REJECTED_TORN, CONNECTIONS, PROGRESS, BREACHES, MISSES = range(1, 11)

path, place = sys.argv[2], 512 + 128 * int(sys.argv[4])
with open(sys.argv[3], "r+b") as file:
    board = memoryview(mmap.mmap(file.fileno(), 0)).cast("Q")
score = board[place // 8:place // 8 + 16]
score[0] = os.getpid()


def stopping():
    return board[1] != 0 or time.clock_gettime_ns(time.CLOCK_MONOTONIC) - board[0] > 30_000_000_000


def breach(what):
    score[BREACHES] += 1
    print("reader in Python:", what, file=sys.stderr, flush=True)


def whole(pixels, generation, sequence):
    """Whether every byte is the frame's. The sum in the first line is the writer's own: all it is computed from is compared here."""
    seed = ((generation << 40 ^ sequence) * 0x9E3779B97F4A7C15) & MASK
    lines = len(pixels) // LINE
    words = [(seed + line * 0xD6E8FEB86659FD93) & MASK for line in range(1, lines)]
    expected = b"".join([struct.pack("<Q", word) * (LINE // 8) for word in words])
    return (pixels[LINE:lines * LINE] == expected and struct.unpack("<QQ", pixels[:16]) == (sequence, generation)
            and pixels[24:LINE] == struct.pack("<Q", seed) * (LINE // 8 - 3))


def frames(queue):
    """The frames the queue yields; while the board says so, without ever sleeping."""
    while board[3] != 0 or queue.wait():
        frame = queue.acquire()
        if frame is not None:
            yield frame
        elif board[3] != 0:
            os.sched_yield()
            if stopping():
                return


def follow(queue):
    for frame in frames(queue):
        score[SEQUENCE] = frame.sequence
        score[PROGRESS] = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        # The planes lie one behind the other: from the first byte of the first to the last of the last.
        last = queue.format.planes - 1
        start = queue._slot_offset(frame.slot)
        size = frame.format.offsets[last] + len(frame.plane(last))
        right = whole(queue._bytes[start:start + size], queue.generation, frame.sequence)
        kept = frame.release()
        score[ACCEPTED if kept else REJECTED_WHOLE if right else REJECTED_TORN] += 1
        if kept and not right:
            score[TORN] += 1
        if stopping():
            return


ended = 0
while not stopping():
    try:
        queue = camfx_queue.connect(path, leases=1)
    except (camfx_queue.QueueError, OSError) as failure:
        # The writer is dead, or was killed while it answered.
        if not isinstance(failure, (ConnectionError, BlockingIOError)) and "no camera" not in str(failure) and "hung up" not in str(failure):
            breach(failure)
        time.sleep(0.002)
        continue
    with queue:
        if queue.generation <= ended:
            breach("a generation came that is not later than the one that ended")
        score[GENERATION] = ended = queue.generation
        score[CONNECTIONS] += 1
        try:
            follow(queue)
        except ConnectionError:
            pass
        except camfx_queue.QueueError as failure:
            if "hung up" not in str(failure):
                breach(failure)

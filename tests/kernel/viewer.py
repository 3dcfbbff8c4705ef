"""viewer.py NODE WIDTH HEIGHT   an app that plays a node until it is ended. One JSON line a frame: what it shows."""
import json
import sys

import counter
import video

BARS = 7


def are_bars(data, width, height):
    """The upper part of test:smpte: seven bars, each darker than the one before."""
    row = height // 3 * width * 2
    luma = [data[row + (width * (2 * bar + 1) // (2 * BARS)) * 2] for bar in range(BARS)]
    return all(left > right + 3 for left, right in zip(luma, luma[1:]))


def main():
    path, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with video.Node(path) as node:
        node.start()
        while True:
            frame = node.frame()
            reading = counter.read(frame.data, width, height)
            shows = "counter" if reading else "bars" if are_bars(frame.data, width, height) else "card"
            print(json.dumps({"shows": shows, "counter": reading.counter if reading else None, "time": frame.time}), flush=True)


if __name__ == "__main__":
    main()

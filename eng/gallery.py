#!/usr/bin/env python3
"""gallery.py   makes docs/gallery: a picture of every effect, by the built camfx as a user would, and the page that shows them.

docs/gallery/still.jpg is what the camera sees, docs/gallery/empty.jpg the same room without anybody in it.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs/gallery"
CAMFX = str(ROOT / "out/bin/camfx")
SIZE = "1024x576"
SHOWN = "480x270"
SETTLES = 1.0       # seconds after which what follows the light or a face has come to rest

# What is shown of an effect, where its defaults show nothing or too little.
EXAMPLES = {
    "rotate": "rotate:angle=20", "crop": "crop:x=20%,y=0,width=60%,height=60%", "brightness": "brightness:value=15,contrast=1.3,saturation=1.4",
    "replace": "replace:color=#204060", "remove": "remove:color=#00b140", "hue": "hue:angle=120", "temperature": "temperature:kelvin=4000",
    "mirror": "mirror:mode=left", "text": "text:value=\"On air\",size=12%", "ffmpeg": "ffmpeg:graph=\"edgedetect=low=0.1:high=0.3\"",
    "grain": "grain:strength=60", "freeze": None, "delay": None, "plugin": None, "segment": None, "lut": None, "denoise": None,
}
# Why there is no picture.
UNSEEN = {
    "freeze": "the picture stands still", "delay": "the picture comes later", "plugin": "what your program draws", "segment": "it changes no picture",
    "lut": "the colours of your table", "denoise": "this picture has no noise",
}


def camfx(*words):
    return subprocess.run([CAMFX, *words], check=True, capture_output=True, text=True).stdout


def kinds():
    return json.loads(camfx("effect", "kinds", "--json"))


def take(scene, spec, target):
    """Has the camera show an effect, and keeps what it shows."""
    for effect in json.loads(camfx("effect", "list", "--json")):
        camfx("effect", "remove", str(effect.get("id", effect.get("number"))))
    camfx("effect", "add", spec)
    camfx("snapshot", str(scene.with_suffix(".png")))
    time.sleep(SETTLES)
    camfx("snapshot", str(scene.with_suffix(".png")))
    scaled = ["ffmpeg", "-v", "error", "-y", "-i", str(scene.with_suffix(".png")), "-vf", f"scale={SHOWN}:flags=area", "-q:v", "4", str(target)]
    subprocess.run(scaled, check=True)


def make(folder):
    scene = folder / "scene.jpg"
    shutil.copy(GALLERY / "empty.jpg", scene)
    camfx("camera", "set", "camfx", f"size={SIZE}", "outputs=queue", "idle=always")
    camfx("source", "set", f"image:{scene}")
    camfx("calibrate", "--delay", "0")
    shutil.copy(GALLERY / "still.jpg", scene)
    camfx("source", "set", "test:bars")
    camfx("source", "set", f"image:{scene}")
    for kind in kinds():
        spec = EXAMPLES.get(kind["kind"], kind["kind"])
        if kind["kind"] == "image":
            spec = f"image:path={ROOT}/data/icons/org.camfx.Camfx.svg,width=20%,x=4%,y=6%"
        if spec:
            take(scene, spec, GALLERY / f"{kind['kind']}.jpg")


def page():
    lines = ["# Every effect, seen", "", "Made by `make gallery` from one picture (Eileen Collins, NASA, public domain), by the effects as they stand here.", ""]
    for kind in kinds():
        name = kind["kind"]
        spec = EXAMPLES.get(name, name)
        shown = f"![{name}]({name}.jpg)" if spec or name == "image" else f"*No picture: {UNSEEN[name]}.*"
        lines += [f"## `{spec or name}`", "", kind["description"], "", shown, ""]
    (GALLERY / "README.md").write_text("\n".join(lines), encoding="utf-8")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "run").mkdir(mode=0o700)
        os.environ.update(XDG_STATE_HOME=str(folder / "state"), XDG_CONFIG_HOME=str(folder / "configuration"), XDG_RUNTIME_DIR=str(folder / "run"))
        with subprocess.Popen([CAMFX, "run", "--service"], stderr=subprocess.DEVNULL) as service:
            try:
                time.sleep(2)
                make(folder)
            finally:
                service.terminate()
    page()


if __name__ == "__main__":
    sys.exit(main())

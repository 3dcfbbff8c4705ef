"""The service on the session bus: a change until it is in the picture, and the tree of its objects, from Camfx.Bench."""
import json
import pathlib
import tempfile

from harness.program import Program
from harness.row import Row

TITLE = "Service: property set → visible, and its objects"

STATE = {"version": 1, "cameras": [{"id": "camfx", "name": "camfx", "source": "test:bars", "size": "1280x720", "fps": "30/1", "idle": "on-demand",
                                    "enabled": True, "outputs": ["queue"], "nextEffect": 1, "effects": []}]}


def measure(bench):
    with bench.session() as session, tempfile.TemporaryDirectory() as folder:
        state = pathlib.Path(folder, "camfx", "cameras.json")
        state.parent.mkdir()
        state.write_text(json.dumps(STATE), encoding="utf-8")
        environment = {**session.environment, "XDG_STATE_HOME": folder}
        queue = pathlib.Path(environment["XDG_RUNTIME_DIR"], "camfx", "queues", "camfx")
        with Program([bench.camfx, "run", "--service"], environment) as service:
            service.wait_for(lambda lines: any("org.camfx.Camfx1" in line for line in lines), 10, "its name on the bus")
            rows = json.loads(bench.managed("service", str(queue), *(["--quick"] if bench.quick else []), environment=environment))
    return [Row(row["what"], row["unit"], row["samples"], row.get("at_most"), note=row.get("note", "")) for row in rows]

"""A private media session that lasts as long as a figure needs it."""
import json
import subprocess
import sys

PRINT_ENVIRONMENT = "import json, os, sys; print(json.dumps(dict(os.environ)), flush=True); sys.stdin.read()"


class Session:
    """Use as a context manager; `environment` is what programs inside it are started with."""

    def __init__(self, script, portal=False):
        self._command = [str(script), *(["--portal"] if portal else []), sys.executable, "-c", PRINT_ENVIRONMENT]

    def __enter__(self):
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the private media session did not start")
        self.environment = json.loads(line)
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

"""A program under measurement: started, its output lines kept as they come, and ended in order."""
import signal
import subprocess
import threading
import time


class Program:
    """Use as a context manager; `started` is CLOCK_MONOTONIC in ns just before exec."""

    def __init__(self, command, environment=None):
        self.command = command
        self.lines = []
        self._arrived = threading.Condition()
        self._over = False
        self.started = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.pid = self.process.pid
        self._errors = []
        self._readers = [threading.Thread(target=self._read_output), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()

    def _read_output(self):
        for line in self.process.stdout:
            with self._arrived:
                self.lines.append(line.rstrip("\n"))
                self._arrived.notify_all()
        with self._arrived:
            self._over = True
            self._arrived.notify_all()

    def _read_errors(self):
        self._errors.extend(self.process.stderr)

    def wait_for(self, condition, seconds, what):
        """Waits until the condition, asked after each line, holds for the lines so far."""
        deadline = time.monotonic() + seconds
        with self._arrived:
            while not condition(self.lines):
                left = deadline - time.monotonic()
                # Not the process's end: its last lines may still be on their way.
                if left <= 0 or self._over:
                    ended = f" (it ended with {self.process.wait(5)})" if self._over else ""
                    raise RuntimeError(f"{self.command[0]}: {what} did not come within {seconds:.0f} s{ended}. {self.errors()}")
                self._arrived.wait(min(left, 0.5))

    def errors(self):
        return " ".join("".join(self._errors[-5:]).split())

    def end(self):
        """Asks it to end, kills it after 10 s."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

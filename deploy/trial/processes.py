"""Programs that are started on free ports of this machine and ended again."""
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """The run cannot go on, or an expectation does not hold; the message says which."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name, package):
    """The path of an installed program."""
    found = shutil.which(name)
    if not found:
        raise Failed(f"needs {name} (Debian: apt-get install {package})")
    return found


def jar(module):
    found = sorted(ROOT.glob(f"{module}/target/sallyport-{module}-*-app.jar"))
    if not found:
        raise Failed(f"no jar in {module}/target: run ./mvnw package -DskipTests first")
    return str(found[0])


def get(url, timeout=5, data=None, headers=None):
    """The body of an answer; raises OSError if there is none, or one that is no success."""
    with urllib.request.urlopen(urllib.request.Request(url, data, headers or {}), timeout=timeout) as answer:
        return answer.read()


def eventually(what, seconds, condition, every=0.1):
    """Waits until a condition is true, and says how long that took."""
    begin = time.monotonic()
    while True:
        try:
            if condition():
                return time.monotonic() - begin
        except (urllib.error.URLError, OSError):
            pass
        if time.monotonic() - begin > seconds:
            raise Failed(f"{what}: not within {seconds} s")
        time.sleep(every)


class Process:
    """A program that runs until it is stopped; its output is in a log."""

    def __init__(self, name, command, folder):
        self.name = name
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder)

    def until_answers(self, url, seconds=300):
        def answers():
            if self.process.poll() is not None:
                raise Failed(f"{self.name} has ended, see {self.log}")
            return get(url) is not None

        eventually(f"{self.name} answers at {url}", seconds, answers)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

"""Sandbox, Redis and gateway, and what can be made to go wrong with them."""
import json
from contextlib import contextmanager

from trial.load import Load
from trial.processes import Failed, Process, eventually, free_port, get, jar, program
from trial.relay import Relay

RATE = 20


class Stack:
    """What serves and is called: load, gateway, provider and store, with a relay before each of the latter."""

    def __init__(self, folder, java):
        self.folder = folder
        self.java = java
        self.processes = []
        self.sandbox, self.port, self.management = free_port(), free_port(), free_port()
        redis = free_port()
        self._start("redis", [program("redis-server", "redis-server"), "--port", str(redis), "--bind", "127.0.0.1",
                              "--save", "", "--dir", str(folder)])
        self._start("sandbox", [java, "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar("sandbox"), "sandbox", "--faults",
                                "--presigned", "64", "--port", str(self.sandbox)]
                    ).until_answers(f"http://127.0.0.1:{self.sandbox}/sandbox/fixtures")
        self.provider, self.store = Relay(self.sandbox), Relay(redis)
        self.fixtures = json.loads(get(f"http://127.0.0.1:{self.sandbox}/sandbox/fixtures"))
        self.settings()
        self.start_gateway()
        self.load = Load(self.port, self.fixtures, RATE)
        self.warm()

    def _start(self, name, command):
        self.processes.append(Process(name, command, self.folder))
        return self.processes[-1]

    def start_gateway(self):
        """Returns once it answers, ready or not."""
        self.gateway = self._start("gateway", [
            self.java, "-Xmx384m", "-XX:+UseSerialGC", "-jar", jar("gateway"), "run", "--server.address=127.0.0.1",
            f"--server.port={self.port}", f"--management.server.port={self.management}"])
        self.gateway.until_answers(f"http://127.0.0.1:{self.management}/actuator/health/liveness")

    def warm(self):
        self.load.latest.clear()
        eventually("the gateway is warm", 300, self.load.is_warm)

    def stop_gateway(self):
        self.gateway.stop()

    def settings(self, **changed):
        """Writes the settings file; the gateway is not told."""
        projects = [{"id": self.fixtures[each]["project_id"]} for each in ("consumer", "b2b")]
        settings = {
            "provider": {"base-url": f"http://127.0.0.1:{self.provider.port}",
                         "fraud-base-url": f"http://127.0.0.1:{self.sandbox}", "projects": projects},
            "deadline": "5s",
            "contracts": {"safety-catch": {"window": "1s", "minimum": 5, "hold": "5s"}},
            "session-token": {"jwks": {"refresh": "2s"}},
            "telemetry": {"mode": "observe", "timeout": "2s", "cache": {"ttl": "0s"}, "breaker": {"pause": "1s"}},
            "circuit-breaker": {"pause": "1s"},
            "store": {"url": f"redis://127.0.0.1:{self.store.port}", "timeout": "500ms"},
            "rate-limits": {"store": "redis", "follow-provider": False,
                            "limits": [{"name": "per-project", "key": "project", "permits": 1000, "per": "1s"}]},
            "idempotency": {"mode": "on"},
            "drain": {"delay": "0s"},
            "reload": {"watch": False},
        }
        settings.update(changed)
        (self.folder / "sallyport.yml").write_text(json.dumps({"sallyport": settings}))

    def reload(self, refused=False, **changed):
        """Has the gateway read its settings again."""
        self.settings(**changed)
        try:
            get(f"http://127.0.0.1:{self.management}/actuator/contracts", 20, b'{"action":"reload"}',
                {"Content-Type": "application/json"})
        except OSError as problem:
            if not refused:
                raise Failed(f"a reload was refused, see {self.gateway.log}") from problem

    def keys(self, fault):
        get(f"http://127.0.0.1:{self.sandbox}/sandbox/jwks/faults/{fault}", data=b"")

    def ready(self):
        eventually("the gateway is ready", 60, lambda: get(f"http://127.0.0.1:{self.management}/actuator/health/readiness"))

    def stop(self):
        if hasattr(self, "load"):
            self.load.stop()
        for process in reversed(self.processes):
            process.stop()


@contextmanager
def stack(folder, java):
    started = Stack.__new__(Stack)
    try:
        started.__init__(folder, java)
        yield started
    finally:
        started.stop()

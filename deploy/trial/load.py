"""Calls at a steady rate, of which some may be told to go wrong."""
import base64
import collections
import http.client
import itertools
import json
import queue
import threading
import time

WORKERS = 64


class Load:
    """Makes calls of three operations in turn until it is stopped. What goes wrong with them is set while it runs."""

    def __init__(self, port, fixtures, rate):
        self.port = port
        self.pause = 1 / rate
        self.fault = None
        self.share = 1.0
        self.device = "allow"
        self.paused = False
        self.latest = collections.deque(maxlen=3 * rate)
        self.ended = False
        self.calls = self._of(fixtures)
        self.project = fixtures["consumer"]["project_id"]
        self.due = queue.Queue(maxsize=4 * WORKERS)
        threading.Thread(target=self._schedule, daemon=True).start()
        for _ in range(WORKERS):
            threading.Thread(target=self._work, daemon=True).start()

    def wrong(self, fault, share=1.0):
        """From now on a share of the calls asks the sandbox for a fault; None: for none."""
        self.share = share
        self.fault = fault

    def one(self, fault):
        """A single call with a fault."""
        connection = self._connection()
        self._call(connection, 0, fault)
        connection.close()

    def bad(self):
        """A single call that is refused through its caller's fault."""
        self.odd("POST", "/v1/sessions/migrate", self.calls[0][2], "{}")

    def noisy(self):
        """A single call of a caller whose limit is one a second, with a key of its own."""
        path, body, headers = self.calls[0]
        self.odd("POST", path, {**headers, "X-Noisy": "1", "Idempotency-Key": str(time.monotonic())}, body)

    def fetch_keys(self):
        self.odd("GET", f"/v1/sessions/jwks/{self.project}", {}, "")

    def odd(self, method, path, headers, body):
        """A single request, whatever becomes of it."""
        connection = self._connection()
        try:
            connection.request(method, path, body, headers)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()

    def is_warm(self):
        """Whether the calls of the last seconds were answered well, and nearly all of them soon."""
        latest = list(self.latest)
        soon = sum(took < 0.3 for _, took in latest)
        return soon > 0.95 * self.latest.maxlen and all(status == 200 for status, _ in latest)

    def stop(self):
        self.ended = True

    def _schedule(self):
        due = time.monotonic()
        for number in itertools.count():
            if self.ended:
                return
            due = max(due + self.pause, time.monotonic() - 1)
            time.sleep(max(0, due - time.monotonic()))
            if not self.paused:
                try:
                    self.due.put_nowait(number)
                except queue.Full:
                    pass  # callers who wait for answers make no further calls

    def _work(self):
        connection = self._connection()
        while not self.ended:
            number = self.due.get()
            fault = self.fault if (number * 0.618) % 1 < self.share else None
            try:
                self._call(connection, number, fault)
            except (OSError, http.client.HTTPException):
                connection.close()
                time.sleep(0.1)

    def _connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def _call(self, connection, number, fault):
        path, body, headers = self.calls[number % len(self.calls)]
        headers = dict(headers)
        headers["X-Telemetry-ID"] = f"telemetry-{self.device}-{number}"
        if fault:
            headers["X-Sandbox-Fault"] = fault
        begin = time.monotonic()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        self.latest.append((answer.status, time.monotonic() - begin))

    @staticmethod
    def _of(fixtures):
        consumer, b2b = fixtures["consumer"], fixtures["b2b"]

        def call(path, project, body):
            credentials = base64.b64encode(f"{project['project_id']}:{project['secret']}".encode()).decode()
            return path, json.dumps(body), {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}

        return [
            call("/v1/sessions/migrate", consumer,
                 {"session_token": fixtures["foreign_session_tokens"]["good"], "session_duration_minutes": 60}),
            call("/v1/sessions/authenticate", consumer, {"session_token": consumer["session_token"]}),
            call("/v1/b2b/sessions/exchange", b2b,
                 {"session_token": b2b["session_tokens"]["magic_link"], "organization_id": b2b["organizations"]["plain"]}),
        ]

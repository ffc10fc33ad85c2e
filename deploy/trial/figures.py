"""What metrics cost, and that inputs make no series."""
import os
import random
import string
import time

from trial.processes import get

SCRAPES = 200
INPUTS = 10_000


def scrape(stack):
    """A scrape's bytes and CPU milliseconds of the gateway, while nothing else is asked of it."""
    stack.load.paused = True
    time.sleep(1)
    for _ in range(SCRAPES):
        _metrics(stack)  # compiled by now
    before, text = _cpu(stack), ""
    for _ in range(SCRAPES):
        text = _metrics(stack)
    took = (_cpu(stack) - before) / SCRAPES
    stack.load.paused = False
    return len(text), took * 1000, len(series(text))


def inputs(stack):
    """The series that random methods, paths, headers, members, key ids and projects make, beside those that fixed ones made."""
    stack.load.paused = True
    draw = random.Random(14)
    _make(stack, random.Random(1), INPUTS // 20)  # each kind of refusal once
    time.sleep(1)
    before = series(_metrics(stack))
    _make(stack, draw, INPUTS)
    time.sleep(1)
    stack.load.paused = False
    return series(_metrics(stack)) - before


def _make(stack, draw, times):
    def word():
        return "".join(draw.choices(string.ascii_letters + string.digits, k=draw.randint(1, 20)))

    kinds = [
        lambda: stack.load.odd(word().upper(), "/v1/sessions/migrate", {}, ""),
        lambda: stack.load.odd("POST", f"/v1/{word()}/{word()}?{word()}={word()}", {}, "{}"),
        lambda: stack.load.odd("POST", "/v1/sessions/migrate", {f"X-{word()}": word(), "X-Request-Id": word(), "X-Telemetry-ID": word()}, "{}"),
        lambda: stack.load.odd("POST", "/v1/sessions/migrate", {}, f'{{"{word()}":"{word()}"}}'),
        lambda: stack.load.odd("GET", f"/v1/sessions/jwks/project-test-{word()}", {}, ""),
        lambda: stack.load.odd("POST", "/v1/sessions/migrate", {"Authorization": f"Basic {word()}"}, "{}"),
        lambda: stack.load.odd(word().upper(), f"/{word()}", {}, ""),
        lambda: stack.load.odd("POST", "/v1/sessions/migrate", {"Content-Type": f"text/{word()}"}, "{}"),
        lambda: stack.load.odd("POST", "/v1/sessions/migrate", {"X-Request-Timeout-Ms": word()}, "{}"),
        lambda: stack.load.one("random-kid"),
    ]
    for number in range(times):
        kinds[number % len(kinds)]()


def series(text):
    return {line.rsplit(" ", 1)[0] for line in text.splitlines() if line.startswith("sallyport_")}


def _metrics(stack):
    return get(f"http://127.0.0.1:{stack.management}/actuator/prometheus").decode()


def _cpu(stack):
    """CPU seconds of the gateway's process so far."""
    with open(f"/proc/{stack.gateway.process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

"""Whether every query of every dashboard finds something in a Prometheus that has seen everything go wrong."""
import json
import math
import time
import urllib.parse

from trial.processes import ROOT, get
from trial.prometheus import FASTER, faster

MIX = ["status-503", "expired", "wrong-type", "unknown-field", "reset", "random-kid", "status-429", "hang", "truncated-body"]
SECONDS = 40


def provoke(stack):
    """Something for each metric to count, in about a minute."""
    stack.reload(concurrency={"mode": "report", "min": 1, "max": 1}, **{"rate-limits": {"store": "redis", "follow-provider": True, "limits": [
        {"name": "per-project", "key": "project", "permits": 1000, "per": "1s"},
        {"name": "noisy", "key": "header:X-Noisy", "permits": 1, "per": "1s"}]}})
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for fault in MIX:
            stack.load.wrong(fault, 0.5)
            for _ in range(3):
                stack.load.bad()
                stack.load.noisy()
                stack.load.fetch_keys()
            time.sleep(1)
    stack.provider.close()  # opens breakers, and keys cannot be fetched
    time.sleep(3)
    stack.provider.open()
    stack.load.wrong(None)
    time.sleep(3)


def queries():
    """Dashboard, panel and expression of every query."""
    for path in sorted((ROOT / "deploy/grafana/json").glob("*.json")):
        board = json.loads(path.read_text())
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                yield path.stem, panel["title"], target["expr"]


def empty(prometheus, seconds):
    """The panels whose queries found no number in the last seconds."""
    found_nothing = []
    for board, title, expression in queries():
        wanted = faster(expression.replace("$__rate_interval", f"{300_000 // FASTER}ms").replace("$instance", ".+"))
        end = time.time()
        answer = get(f"{prometheus.url}/api/v1/query_range?" + urllib.parse.urlencode(
            {"query": wanted, "start": end - seconds, "end": end, "step": "0.5"}), timeout=60)
        values = [float(value) for series in json.loads(answer)["data"]["result"] for _, value in series["values"]]
        if not any(math.isfinite(value) for value in values):
            found_nothing.append(f"{board}: {title}")
    return found_nothing

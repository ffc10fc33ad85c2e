"""Faults one after another, each with the alerts that it has to raise."""
from dataclasses import dataclass, field
from typing import Callable

CALLS_FAIL = {f"SallyportCallsFail {burn}" for burn in ("14.4x", "6x", "1x")}
CALLS_SLOW = {f"SallyportCallsSlow {burn}" for burn in ("14.4x", "6x", "1x")}


@dataclass(frozen=True)
class Fault:
    """What is done, what undoes it, which alerts have to fire and resolve, and which may fire because calls fail with it."""

    name: str
    begin: Callable
    end: Callable
    fires: set = field(default_factory=set)
    with_it: set = field(default_factory=set)


def nothing(stack):
    """Ends by itself."""


def start_without_keys(stack):
    stack.stop_gateway()
    stack.keys("down")
    stack.start_gateway()


def slow(stack, seconds):
    stack.provider.delay = seconds


def few_at_a_time(stack):
    slow(stack, 0.2)
    stack.reload(concurrency={"mode": "enforce", "min": 1, "max": 1})


def many_at_a_time(stack):
    slow(stack, 0)
    stack.reload()


FAULTS = [
    Fault("callers send what breaks the contract, ten times",
          lambda s: [s.load.bad() for _ in range(10)], nothing),
    Fault("the provider answers once with an expired session token",
          lambda s: s.load.one("expired"), nothing, {"SallyportSessionTokenRefused"}),
    Fault("settings on disk are wrong",
          lambda s: s.reload(refused=True, deadline="5"), lambda s: s.reload(), {"SallyportReloadRefused"}),
    Fault("the store cannot be reached",
          lambda s: s.store.close(), lambda s: s.store.open(), {"SallyportStoreFails"}),
    Fault("devices cannot be looked up",
          lambda s: setattr(s.load, "device", "down"), lambda s: setattr(s.load, "device", "allow"),
          {"SallyportLookupsWithoutVerdict"}),
    Fault("no call comes",
          lambda s: setattr(s.load, "paused", True), lambda s: setattr(s.load, "paused", False), {"SallyportNoTraffic"}),
    Fault("the provider publishes no keys",
          lambda s: s.keys("down"), lambda s: s.keys("none"), {"SallyportKeyFetchesFail", "SallyportSessionKeysOld"}),
    Fault("every reply has a member of the wrong type",
          lambda s: s.load.wrong("wrong-type"), lambda s: s.load.wrong(None), {"SallyportSafetyCatchReleased"}, CALLS_FAIL),
    Fault("more calls than the provider can work on",
          few_at_a_time, many_at_a_time, {"SallyportSheds"}, CALLS_FAIL),
    Fault("the provider resets every connection",
          lambda s: s.provider.close(), lambda s: s.provider.open(), {"SallyportCircuitOpen"},
          CALLS_FAIL | {"SallyportRetryBudgetSpent", "SallyportKeyFetchesFail"}),
    Fault("the provider answers with 503, and there is no breaker",
          lambda s: (s.reload(**{"circuit-breaker": {"mode": "off"}}), s.load.wrong("status-503")),
          lambda s: (s.load.wrong(None), s.reload()),
          {"SallyportProviderErrors", "SallyportRetryBudgetSpent"} | CALLS_FAIL),
    Fault("the provider takes 1.2 s",
          lambda s: slow(s, 1.2), lambda s: slow(s, 0), CALLS_SLOW),
    Fault("the gateway is gone",
          lambda s: s.stop_gateway(), lambda s: s.start_gateway(), {"SallyportDown"}),
    Fault("a gateway starts while the provider publishes no keys",
          start_without_keys, lambda s: s.keys("none"), {"SallyportSessionKeysMissing"},
          CALLS_FAIL | {"SallyportKeyFetchesFail", "SallyportDown"}),
    # The last, since a Prometheus without a past takes drift of the same gateway for new.
    Fault("the provider sends once what its contract does not know",
          lambda s: s.load.one("unknown-field"), nothing, {"SallyportProviderDrifts"}),
]

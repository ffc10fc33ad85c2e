"""What operators look at first, and whose fault it is."""
from boards.parts import OF, board, lines, number, percentile, rate, rows

CALLS = "sallyport_calls_seconds_count"
NOT_CALLERS_FAULT = 'fault=~"provider|gateway"'
COUNTED = 'fault!="caller"'
CALLERS_FAULT = 'fault="caller"'
OF_REQUESTS = 'direction="request"'
OF_REPLIES = 'direction="reply"'
FAILED = 'result!="ok"'


def overview():
    return board("overview", "overview", "Is anything wrong, whose fault is it, and since when.", [
        ("Now", [
            number("Calls a second", f"sum({rate(CALLS)})", "reqps"),
            number("Failed by gateway or provider", f"sum({rate(CALLS, NOT_CALLERS_FAULT)}) / sum({rate(CALLS, COUNTED)}) or vector(0)",
                   "percentunit", "Of the calls that are not their callers' fault.", worse=0.001),
            number("99th percentile", percentile(0.99, "sallyport_calls_seconds", labels='outcome="ok"'), "s", "Of calls that went well.", worse=1),
            number("Budget spent, availability", 'sallyport:slo_burn:rate1h{slo="availability"}', "short",
                   "How many times faster than allowed, over the last hour.", worse=1),
            number("Budget spent, latency", 'sallyport:slo_burn:rate1h{slo="latency"}', "short",
                   "How many times faster than allowed, over the last hour.", worse=1),
            number("Gateways", f"count(sallyport_build_info{{{OF}}})"),
            number("Calls in flight", f"sum(sallyport_calls_in_flight{{{OF}}})"),
            number("Safety catches released", f"sum(sallyport_safety_catch{{{OF}}})", worse=1),
            number("Reload refused", f"count(sallyport_reload_last_successful{{{OF}}} == 0) or vector(0)", worse=1),
            number("Oldest session keys", f"max(sallyport_jwks_age_seconds{{{OF}}})", "s", worse=3600),
            number("Breakers open", f'sum(resilience4j_circuitbreaker_state{{state="open",{OF}}})', worse=1),
            number("Version", f"count by (version, commit) (sallyport_build_info{{{OF}}})", legend="{{version}} {{commit}}"),
        ]),
        ("Whose fault, and why", [
            lines("Calls by fault", (f"sum by (fault) ({rate(CALLS)})", "{{fault}}"), unit="reqps", stacked=True),
            lines("Failed by gateway or provider, by reason",
                  (f"sum by (fault, reason, status) ({rate(CALLS, NOT_CALLERS_FAULT)})", "{{fault}} {{reason}} {{status}}"), unit="reqps"),
            lines("Refused or failed through callers, by reason",
                  (f"sum by (reason, status) ({rate(CALLS, CALLERS_FAULT)})", "{{reason}} {{status}}"), unit="reqps"),
        ]),
        ("Calls", [
            lines("By operation", (f"sum by (operation) ({rate(CALLS)})", "{{operation}}"), unit="reqps"),
            lines("99th percentile by operation", (percentile(0.99, "sallyport_calls_seconds", "operation", 'outcome="ok"'), "{{operation}}"), unit="s"),
            lines("Where the time goes, 99th percentile", (percentile(0.99, "sallyport_provider_seconds"), "provider"),
                  (percentile(0.99, "sallyport_door_seconds", "door"), "{{door}} door"), unit="s"),
            lines("Outcomes", (f"sum by (outcome) ({rate(CALLS)})", "{{outcome}}"), unit="reqps", stacked=True, width=12),
            lines("Refusals, those at the edge included", (f"sum by (reason) ({rate('sallyport_refusals_total')}) > 0", "{{reason}}"), unit="reqps", width=12),
        ]),
        ("Alerts", [rows("Firing", 'ALERTS{alertstate="firing",alertname=~"Sallyport.*"}', "What to do: docs/operations.md.")]),
    ])


def contracts():
    violations = "sallyport_contract_violations_total"
    drift = "sallyport_contract_drift_total"
    return board("contracts", "contracts and drift", "What departs from its contract, and what the provider sends beside it.", [
        ("Violations", [
            lines("Requests", (f"sum by (operation, mode) ({rate(violations, OF_REQUESTS)})", "{{operation}} {{mode}}"), unit="ops", width=12),
            lines("Replies", (f"sum by (operation, mode) ({rate(violations, OF_REPLIES)})", "{{operation}} {{mode}}"), unit="ops", width=12),
            rows("Places", f"topk(50, sum by (operation, direction, mode, keyword, pointer) ({violations}{{{OF}}}))",
                 "Since the gateways started. With mode report: what enforcing would refuse."),
        ]),
        ("Drift", [
            lines("By operation", (f"sum by (operation, kind) ({rate(drift)})", "{{operation}} {{kind}}"), unit="ops", width=12),
            lines("Optional fields that do not come any more", (f"sum by (operation) (sallyport_contract_unseen_fields{{{OF}}})", "{{operation}}"), width=12),
            rows("Places of drift", f"topk(50, sum by (operation, kind, pointer) ({drift}{{{OF}}}))", "Since the gateways started. Names: /actuator/contracts."),
        ]),
        ("Safety catch and reloads", [
            lines("Released", (f"max by (operation) (sallyport_safety_catch{{{OF}}}) > 0", "{{operation}}"),
                  what="1 while a reply schema is only reported."),
            lines("Reloads", (f"sum by (result) (increase(sallyport_reloads_total{{{OF}}}[$__rate_interval]))", "{{result}}")),
            lines("What is on disk serves", (f"min by (instance) (sallyport_reload_last_successful{{{OF}}})", "{{instance}}")),
        ]),
    ])


def provider():
    pool = "reactor_netty_connection_provider_"
    return board("provider", "provider", "What the provider does, and what is done about it.", [
        ("Exchanges", [
            lines("By status", (f"sum by (status) ({rate('sallyport_provider_seconds_count')})", "{{status}}"), unit="reqps", stacked=True),
            lines("Time", (percentile(0.5, "sallyport_provider_seconds"), "p50"), (percentile(0.9, "sallyport_provider_seconds"), "p90"),
                  (percentile(0.99, "sallyport_provider_seconds"), "p99"), unit="s"),
            lines("99th percentile by operation", (percentile(0.99, "sallyport_provider_seconds", "operation"), "{{operation}}"), unit="s"),
        ]),
        ("Attempts, retries, breakers", [
            lines("Attempts that failed", (f'sum by (result) ({rate("sallyport_attempts_total", FAILED)})', "{{result}}"), unit="ops"),
            lines("Retries, made and not made", (f"sum by (why) ({rate('sallyport_retries_total')})", "{{why}}"), unit="ops"),
            lines("Breakers that are not closed", (f'max by (name, state) (resilience4j_circuitbreaker_state{{state=~"open|half_open",{OF}}}) > 0', "{{name}} {{state}}")),
            lines("Failures that breakers see", (f"max by (name) (resilience4j_circuitbreaker_failure_rate{{{OF}}}) >= 0", "{{name}}"), unit="percent"),
            lines("Calls that breakers refused", (f"sum by (name) ({rate('resilience4j_circuitbreaker_not_permitted_calls_total')})", "{{name}}"), unit="ops"),
            lines("Calls that are held back, as the provider wants", (f"sum by (operation) ({rate('sallyport_held_calls_total')})", "{{operation}}"), unit="ops"),
        ]),
        ("Connections", [
            lines("In use", (f"sum by (name) ({pool}active_connections{{{OF}}})", "{{name}}")),
            lines("Idle", (f"sum by (name) ({pool}idle_connections{{{OF}}})", "{{name}}")),
            lines("Calls that wait for one", (f"sum by (name) ({pool}pending_connections{{{OF}}})", "{{name}}")),
        ]),
        ("Devices", [
            lines("Lookups", (f"sum by (result, verdict) ({rate('sallyport_telemetry_seconds_count')})", "{{result}} {{verdict}}"), unit="reqps"),
            lines("Time of a lookup", (percentile(0.5, "sallyport_telemetry_seconds"), "p50"), (percentile(0.99, "sallyport_telemetry_seconds"), "p99"), unit="s"),
            lines("Decisions", (f"sum by (mode, decision, outcome) ({rate('sallyport_telemetry_decisions_total')})", "{{mode}} {{decision}} {{outcome}}"), unit="reqps"),
        ]),
    ])

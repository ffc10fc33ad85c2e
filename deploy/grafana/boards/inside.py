"""What goes on in the gateway: tokens and keys, limits and load, the JVM."""
from boards.parts import OF, board, lines, number, percentile, rate, rows

VERIFIED = 'result="verified"'
REFUSED = 'result!~"verified|none"'


def keys():
    tokens = "sallyport_session_tokens_total"
    return board("keys", "session tokens and keys", "Whether session tokens stand up, and how fresh the keys are that say so.", [
        ("Session tokens", [
            number("Refused in the last hour", f'sum(increase({tokens}{{result!~"verified|none",{OF}}}[1h]))', worse=1, width=6),
            lines("Verified", (f"sum({rate(tokens, VERIFIED)})", "verified"), unit="ops", width=9),
            lines("Refused", (f"sum by (result) ({rate(tokens, REFUSED)}) > 0", "{{result}}"), unit="ops", width=9),
        ]),
        ("Keys", [
            lines("Age", (f"max by (project) (sallyport_jwks_age_seconds{{{OF}}})", "{{project}}"), unit="s", what="-1 if there are none."),
            lines("Held", (f"min by (project) (sallyport_jwks_keys{{{OF}}})", "{{project}}"), what="By the gateway that has fewest."),
            lines("Fetches", (f"sum by (result) (increase(sallyport_jwks_refreshes_total{{{OF}}}[$__rate_interval])) > 0", "{{result}}")),
            lines("Calls with an unknown key", (f"sum by (result) ({rate('sallyport_jwks_unknown_keys_total')})", "{{result}}"), unit="ops", width=12),
            lines("Kept replies", (f"sum by (operation, result) ({rate('sallyport_kept_replies_total')})", "{{operation}} {{result}}"), unit="ops", width=12),
            rows("Fetches since the start", f"sum by (instance, result) (sallyport_jwks_refreshes_total{{{OF}}}) > 0"),
        ]),
    ])


def limits():
    return board("limits", "limits and load", "What is refused because it is too much, and how near that is.", [
        ("Limits", [
            lines("Refused by limits", (f"sum by (limit) ({rate('sallyport_rate_limited_total')})", "{{limit}}"), unit="ops"),
            lines("Scripts on the store", (f"sum by (script, result) ({rate('sallyport_store_seconds_count')})", "{{script}} {{result}}"), unit="ops"),
            lines("Time of a script, 99th percentile", (percentile(0.99, "sallyport_store_seconds", "script"), "{{script}}"), unit="s"),
            lines("Store connected", (f"min by (instance) (sallyport_store_connected{{{OF}}})", "{{instance}}")),
            lines("Calls with an Idempotency-Key", (f"sum by (result) ({rate('sallyport_idempotency_total')})", "{{result}}"), unit="ops"),
            lines("Connections refused", (f"sum by (why) ({rate('sallyport_connections_refused_total')})", "{{why}}"), unit="ops"),
        ]),
        ("Concurrency", [
            lines("With the provider", (f"sum(sallyport_concurrency_in_flight{{{OF}}})", "in flight"), (f"sum(sallyport_concurrency_limit{{{OF}}})", "limit"),
                  (f"sum(sallyport_concurrency_queued{{{OF}}})", "waiting")),
            lines("Too many", (f"sum by (priority, cause, mode) ({rate('sallyport_shed_total')}) > 0", "{{priority}} {{cause}} {{mode}}"), unit="ops",
                  what="With mode report they were let through."),
            lines("Lag of the event loop", (f"max by (instance) (sallyport_event_loop_lag_seconds{{{OF}}})", "{{instance}}"), unit="s"),
        ]),
        ("Callers", [
            lines("Connections", (f"sum by (instance) (sallyport_connections_open{{{OF}}})", "{{instance}}")),
            lines("Requests in flight", (f"sum by (instance) (sallyport_requests_in_flight{{{OF}}})", "{{instance}}")),
            lines("Answers that were cut", (f"sum by (why) ({rate('sallyport_answers_cut_total')})", "{{why}}"),
                  (f"sum({rate('sallyport_answers_failed_total')})", "a bug"), (f"sum({rate('sallyport_errors_dropped_total')})", "errors dropped"), unit="ops"),
        ]),
    ])


def jvm():
    return board("jvm", "JVM and Netty", "Processes: CPU, memory, collections, event loops.", [
        ("Process", [
            lines("CPU", (f"process_cpu_usage{{{OF}}}", "{{instance}}"), (f"system_cpu_usage{{{OF}}}", "{{instance}} whole machine"), unit="percentunit"),
            lines("CPU time per call", (f"sum by (instance) ({rate('process_cpu_time_ns_total')}) / 1e9 / sum by (instance) ({rate('sallyport_calls_seconds_count')})", "{{instance}}"), unit="s"),
            lines("Files", (f"process_files_open_files{{{OF}}}", "{{instance}} open"), (f"process_files_max_files{{{OF}}}", "{{instance}} at most")),
        ]),
        ("Memory", [
            lines("Heap", (f'sum by (instance) (jvm_memory_used_bytes{{area="heap",{OF}}})', "{{instance}} used"),
                  (f'sum by (instance) (jvm_memory_max_bytes{{area="heap",{OF}}} > 0)', "{{instance}} at most"), unit="bytes"),
            lines("Beside the heap", (f'sum by (instance, id) (jvm_memory_used_bytes{{area="nonheap",{OF}}})', "{{instance}} {{id}}"), unit="bytes", stacked=True),
            lines("Netty's direct memory", (f"sallyport_direct_memory_used_bytes{{{OF}}}", "{{instance}} used"), (f"sallyport_direct_memory_max_bytes{{{OF}}}", "{{instance}} at most"), unit="bytes"),
        ]),
        ("Collector and threads", [
            lines("Longest pause", (f"max by (instance, action) (jvm_gc_pause_seconds_max{{{OF}}})", "{{instance}} {{action}}"), unit="s"),
            lines("Share of time in pauses", (f"sum by (instance) ({rate('jvm_gc_pause_seconds_sum')})", "{{instance}}"), unit="percentunit"),
            lines("Allocated", (f"sum by (instance) ({rate('jvm_gc_memory_allocated_bytes_total')})", "{{instance}}"), unit="Bps"),
            lines("Threads", (f"jvm_threads_live_threads{{{OF}}}", "{{instance}}")),
            lines("Lag of the event loop", (f"sallyport_event_loop_lag_seconds{{{OF}}}", "{{instance}}"), unit="s"),
            lines("Log lines by level", (f"sum by (level) ({rate('logback_events_total')})", "{{level}}"), unit="ops"),
        ]),
    ])

package dev.sallyport.loadtests.latency;

import dev.sallyport.loadtests.process.Machine;

/**
 * Under what conditions figures were taken.
 *
 * @param perSecond calls, to each alike
 * @param upstream what answers behind the gateways
 * @param loadBefore processes that wanted to run before the measurement began, over a minute
 */
record Setting(
        Machine machine,
        String commit,
        String jvmFlags,
        Plan plan,
        double perSecond,
        String upstream,
        double loadBefore) {
    String text() {
        return """
                %.0f calls a second at random times, %d connections, %d rounds of %d s each, after %d calls of warm-up
                Upstream: %s
                JVM flags: %s
                Machine: %s; load average %.2f; commit %s
                """.formatted(
                        perSecond,
                        plan.connections(),
                        plan.rounds(),
                        plan.seconds(),
                        plan.warmUpCalls(),
                        upstream,
                        jvmFlags,
                        machine,
                        loadBefore,
                        commit);
    }
}

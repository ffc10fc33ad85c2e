package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.process.Machine;

/**
 * Under what conditions figures were taken.
 *
 * @param loadBefore processes that wanted to run before the measurement began, over a minute
 */
record Setting(
        Machine machine,
        String commit,
        String jvmFlags,
        String sallyportFlags,
        String upstream,
        Plan plan,
        double loadBefore) {
    String text(int replyLength) {
        return """
                Exchange of a member's session: a reply of %d bytes with a signed session JWT, %d connections
                Upstream: %s
                JVM flags: %s; Sallyport's own: %s
                Machine: %s; load average %.2f; commit %s
                Plan: %d calls of warm-up for each gateway, %d rounds of %d s
                """.formatted(
                        replyLength,
                        plan.connections(),
                        upstream,
                        jvmFlags,
                        sallyportFlags.isBlank() ? "none" : sallyportFlags,
                        machine,
                        loadBefore,
                        commit,
                        plan.warmUpCalls(),
                        plan.rounds(),
                        plan.seconds());
    }
}

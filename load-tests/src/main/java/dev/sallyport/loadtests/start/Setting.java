package dev.sallyport.loadtests.start;

import dev.sallyport.loadtests.process.Machine;

/**
 * Under what conditions figures were taken.
 *
 * @param connections while calls were made
 * @param loadBefore processes that wanted to run before the measurement began, over a minute
 */
record Setting(Machine machine, String commit, String jvmFlags, int connections, double loadBefore) {
    String text() {
        return """
                JVM flags: %s; %d connections
                Machine: %s; load average %.2f; commit %s
                """.formatted(jvmFlags.isBlank() ? "none" : jvmFlags, connections, machine, loadBefore, commit);
    }
}

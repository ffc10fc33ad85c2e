package dev.sallyport.loadtests.cpu;

/**
 * How long a measurement goes on.
 *
 * @param rounds of every gateway, interleaved
 * @param seconds that a round takes
 * @param warmUpCalls to every gateway before the first round
 * @param connections that are kept
 */
record Plan(int rounds, int seconds, long warmUpCalls, int connections) {
    /** Shows that it works, not what a call costs. */
    Plan quick() {
        return new Plan(3, 1, 5_000, connections);
    }
}

package dev.sallyport.loadtests.latency;

/**
 * What is done.
 *
 * @param seconds of a round
 * @param warmUpCalls to each gateway before the first round
 * @param connections kept ones
 */
record Plan(int rounds, int seconds, long warmUpCalls, int connections) {
    private static final Plan QUICK = new Plan(2, 2, 2_000, 16);

    static Plan quick() {
        return QUICK;
    }
}

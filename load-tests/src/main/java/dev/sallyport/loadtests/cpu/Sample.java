package dev.sallyport.loadtests.cpu;

/**
 * One gateway in one round.
 *
 * @param microsPerCall user and system time of the gateway's process, divided by calls
 * @param callsPerSecond of a closed loop: no capacity
 * @param generatorBusy share of one core that the load generator took
 * @param upstreamBusy share of one core that the static upstream took
 */
record Sample(double microsPerCall, double callsPerSecond, double generatorBusy, double upstreamBusy) {}

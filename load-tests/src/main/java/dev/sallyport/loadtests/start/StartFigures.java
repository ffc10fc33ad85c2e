package dev.sallyport.loadtests.start;

/**
 * One start.
 *
 * @param millis from the command to the first call that is answered as it should be
 * @param cpuMillis that the process took until then
 * @param idleMegabytes resident some seconds later
 * @param loadedMegabytes resident at the end of some seconds of calls
 */
record StartFigures(double millis, double cpuMillis, double idleMegabytes, double loadedMegabytes) {}

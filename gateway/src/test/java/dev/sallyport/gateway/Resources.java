package dev.sallyport.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What a gateway in this process held at a time, so that a test can tell what a fault left behind. */
record Resources(TestGateway gateway, long files, long threads) {
    /** Of a pool, a selector or a cache that came to be meanwhile. */
    private static final int SOME = 4;

    /** What is held now that there is no connection to the provider. */
    static Resources of(TestGateway gateway) {
        Waiting.until("no connection of before", () -> connections(gateway) == 0);
        return new Resources(gateway, openFiles(), runningThreads());
    }

    /** Waits until no connection to the provider is left, and no more files and threads than before. */
    void areGivenBack() {
        Waiting.until("no connection of the fault", () -> connections(gateway) == 0);
        Waiting.until("no more files", () -> openFiles() <= files + SOME);
        Waiting.until("no more threads", () -> runningThreads() <= threads + SOME);
    }

    /** To the provider, in use or idle. */
    private static double connections(TestGateway gateway) throws IOException {
        return gateway.scraped()
                .filter(line -> line.startsWith("reactor_netty_connection_provider_total_connections"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static long runningThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().equals(SocketServer.THREAD))
                .count();
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}

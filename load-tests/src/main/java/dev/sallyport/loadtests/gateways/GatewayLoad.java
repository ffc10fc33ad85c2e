package dev.sallyport.loadtests.gateways;

import dev.sallyport.loadtests.load.Arrivals;
import dev.sallyport.loadtests.load.LoadGenerator;
import dev.sallyport.loadtests.load.LoadGenerator.Load;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.provider.Provider;
import java.time.Duration;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Calls to gateways, with replies that are good for as long as they take.
 *
 * @param connections kept ones
 */
public record GatewayLoad(LoadGenerator generator, Provider provider, int connections) {
    private static final Duration STEP = Duration.ofSeconds(2);

    /**
     * Warms a gateway up, by calls and not by time: compilers go by calls, and a busy machine makes few of them in a second.
     *
     * @return calls that it answered in a second at the end
     */
    public double warmUp(Gateway gateway, long calls, Progress progress) {
        long made = 0;
        double rate = 0;
        while (made < calls) {
            Load step = closed(gateway, STEP);
            made += step.calls();
            rate = step.rate();
            progress.warms(gateway.name(), made, calls);
        }
        return rate;
    }

    /** On each connection the next call when the last was answered. */
    public Load closed(Gateway gateway, Duration time) {
        return named(gateway.name(), () -> generator.run(gateway.port(), connections, time, provider.freshReplies()));
    }

    /** Calls when they are due, and nanoseconds from then to their replies. */
    public Histogram open(String name, int port, Arrivals arrivals) {
        return named(name, () -> generator.run(port, connections, arrivals, provider.freshReplies()));
    }

    private static <T> T named(String name, Supplier<T> run) {
        try {
            return run.get();
        } catch (MeasurementFailed failed) {
            throw new MeasurementFailed(name + ": " + failed.getMessage());
        }
    }
}

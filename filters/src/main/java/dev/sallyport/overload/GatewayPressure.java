package dev.sallyport.overload;

import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.overload.OverloadEvents.Cause;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Whether the gateway itself has more to do than it can: an event loop that is behind, or direct memory that runs out. Such
 * pressure is none up to a threshold. From there on more and more calls are refused, up to all of them where a loop is behind by
 * twice its threshold, or no direct memory is left.
 */
public final class GatewayPressure {
    private final Supplier<ConcurrencySettings> settings;
    private final Load load;
    private final OverloadEvents events;
    private final DoubleSupplier random;

    /** What the gateway has to carry now. */
    public interface Load {
        /** How far the event loop of the current thread is behind, in nanoseconds. */
        long loopLag();

        /** The share of the direct memory that is in use, from 0 to 1. */
        double directMemory();
    }

    /**
     * Pressure by the settings of the time.
     *
     * @param random from 0 to 1, exclusive
     */
    public GatewayPressure(
            Supplier<ConcurrencySettings> settings, Load load, OverloadEvents events, DoubleSupplier random) {
        this.settings = settings;
        this.load = load;
        this.events = events;
        this.random = random;
    }

    /**
     * Whether a call is to be refused.
     *
     * @param priority what the contract pack says
     */
    public boolean refuses(String operation, Priority priority) {
        ConcurrencySettings now = settings.get();
        return !now.isOff()
                && (refuses(now, operation, priority, Cause.EVENT_LOOP, ofLoop(now))
                        || refuses(now, operation, priority, Cause.DIRECT_MEMORY, ofMemory(now)));
    }

    private boolean refuses(
            ConcurrencySettings now, String operation, Priority priority, Cause cause, double pressure) {
        if (pressure <= 0) {
            return false;
        }
        Priority own = now.of(operation, priority);
        if (!GradualShedding.sheds(pressure, own, random.getAsDouble())) {
            return false;
        }
        boolean enforced = now.mode() == ConcurrencyMode.ENFORCE;
        events.shed(own, cause, enforced);
        return enforced;
    }

    private double ofLoop(ConcurrencySettings now) {
        return (double) load.loopLag() / now.loopLag().toNanos() - 1;
    }

    private double ofMemory(ConcurrencySettings now) {
        double threshold = now.directMemory().value() / 100.0;
        return (load.directMemory() - threshold) / (1 - threshold);
    }
}

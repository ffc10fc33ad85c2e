package dev.sallyport.gateway.drain;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signals do to a gateway that serves. The first has it stop in order, Ctrl-C without the delay for balancers, since who is
 * at the keyboard waits for the end; a second one ends the process at once. The JVM's own handling would ignore that one.
 */
public final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** What passes signals on, such as {@code timeout}, may send one twice: to the process and to its group. */
    private static final long ONE_AND_THE_SAME = Duration.ofMillis(500).toNanos();

    private static final int STATUS = 128;

    private final Runnable hurry;
    private final IntConsumer exit;
    private final IntConsumer halt;
    private final AtomicLong first = new AtomicLong();

    /**
     * Signals for one process.
     *
     * @param hurry leaves out the delay
     * @param exit ends it in order
     * @param halt ends it at once
     */
    StopSignals(Runnable hurry, IntConsumer exit, IntConsumer halt) {
        this.hurry = hurry;
        this.exit = exit;
        this.halt = halt;
    }

    /**
     * Takes the signals of this process from now on; leaves them to the JVM where that keeps them for itself.
     *
     * @param lastWords writes what the log was told, before the process is ended at once
     */
    public static void handle(Drain drain, Runnable lastWords) {
        var signals = new StopSignals(drain::hurry, System::exit, status -> {
            lastWords.run();
            Runtime.getRuntime().halt(status);
        });
        try {
            on("INT", number -> signals.came(number, true));
            on("TERM", number -> signals.came(number, false));
        } catch (ReflectiveOperationException reserved) {
            LOG.info("A second signal will not be heard: {}", String.valueOf(reserved.getCause()));
        }
    }

    /** There is no other way to hear of a signal, and the compiler takes any mention of this one for a mistake. */
    private static void on(String name, IntConsumer heard) throws ReflectiveOperationException {
        Class<?> signals = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        Object signal = signals.getConstructor(String.class).newInstance(name);
        int number = (int) signals.getMethod("getNumber").invoke(signal);
        Runnable came = () -> heard.accept(number);
        MethodHandle run = MethodHandles.lookup().bind(came, "run", MethodType.methodType(void.class));
        Object handler =
                MethodHandleProxies.asInterfaceInstance(handlers, MethodHandles.dropArguments(run, 0, signals));
        signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
    }

    void came(int number, boolean fromKeyboard) {
        long now = System.nanoTime() | 1; // zero is none so far
        if (first.compareAndSet(0, now)) {
            if (fromKeyboard) {
                hurry.run();
            }
            exit.accept(STATUS + number);
        } else if (now - first.get() > ONE_AND_THE_SAME) {
            LOG.warn("Stopping at once: a second signal came");
            halt.accept(STATUS + number);
        }
    }
}

package dev.sallyport.gateway.drain;

import dev.sallyport.config.value.Require;
import dev.sallyport.gateway.http.connection.OpenConnections;
import dev.sallyport.idempotency.UnfinishedCalls;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the taking of calls, before anything else of the gateway stops: Spring has taken readiness down just before. For a time
 * calls are taken as before, so that balancers notice; then connections end as {@link OpenConnections} says, and calls in flight
 * get their answers, and calls with a key are carried through although their callers left. What is left after the grace is cut.
 * A start that fails has no calls to wait for.
 */
public final class Drain implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration FOR_RESETS = Duration.ofSeconds(1);

    private final OpenConnections connections;
    private final UnfinishedCalls unfinished;
    private final Times times;
    private final CountDownLatch hurried = new CountDownLatch(1);

    private volatile boolean isRunning;
    private volatile boolean wasReady;
    private volatile boolean hasBegun;

    /**
     * How long it takes.
     *
     * @param delay until connections end
     * @param grace from then on until they are cut
     * @param longestCall a request that comes when less than this is left of the grace is refused; less than the grace
     */
    public record Times(Duration delay, Duration grace, Duration longestCall) {}

    /**
     * The drain of one port.
     *
     * @param unfinished calls that outlive their connections
     */
    public Drain(OpenConnections connections, UnfinishedCalls unfinished, Times times) {
        this.connections = connections;
        this.unfinished = unfinished;
        this.times = times;
    }

    /** Leaves out the delay, or what is left of it. */
    public void hurry() {
        hurried.countDown();
    }

    /** Whether it has begun. */
    public boolean hasBegun() {
        return hasBegun;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        wasReady = true;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public void stop() {
        isRunning = false;
        hasBegun = true;
        if (!wasReady) {
            connections.end();
            return;
        }
        try {
            letBalancersNotice();
            endConnections();
        } catch (InterruptedException noTime) {
            connections.cut();
            Thread.currentThread().interrupt();
        }
    }

    private void letBalancersNotice() throws InterruptedException {
        if (!times.delay().isZero() && hurried.getCount() > 0) {
            tell("Stopping: readiness is down, and calls are taken for " + Require.shown(times.delay()) + " more");
            hurried.await(times.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void endConnections() throws InterruptedException {
        long began = System.nanoTime();
        tell("Stopping: no connections are taken any more; calls in flight have " + Require.shown(times.grace()));
        connections.end();
        if (!connections.endedWithin(times.grace().minus(times.longestCall()))) {
            connections.refuse();
            tell("Stopping: requests are refused from now on");
            if (!connections.endedWithin(times.longestCall())) {
                cut();
                return;
            }
        }
        carryThrough(times.grace().minusNanos(System.nanoTime() - began));
        LOG.info("Stopping: every call was answered");
    }

    /** Calls without a connection. They end by their deadline, so within the grace. */
    private void carryThrough(Duration left) throws InterruptedException {
        if (unfinished.count() > 0) {
            LOG.atInfo()
                    .addKeyValue("calls", unfinished.count())
                    .log("Stopping: calls with a key are carried through, although their callers left");
            if (!unfinished.endWithin(left)) {
                LOG.atWarn()
                        .addKeyValue("calls", unfinished.count())
                        .log("Stopping: the grace is over, and calls with a key are given up");
            }
        }
    }

    private void cut() throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("connections", connections.count())
                .addKeyValue("requests", connections.requests())
                .log("Stopping: the grace is over, and what is left is cut");
        connections.cut();
        connections.endedWithin(FOR_RESETS);
    }

    private void tell(String message) {
        LOG.atInfo()
                .addKeyValue("connections", connections.count())
                .addKeyValue("requests", connections.requests())
                .log(message);
    }
}

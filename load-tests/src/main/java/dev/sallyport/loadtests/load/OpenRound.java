package dev.sallyport.loadtests.load;

import dev.sallyport.loadtests.provider.Replies;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Calls that come whether or not earlier ones were answered. One that finds no idle connection waits for it, and its wait counts:
 * a latency runs from when the call was due to its reply. On the event loop of its connections, but for its end.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the timer of the next call has no outcome to act on
final class OpenRound implements Round {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DIGITS = 3;

    private final CompletableFuture<Histogram> done = new CompletableFuture<>();
    private final Histogram latencies = new Histogram(DIGITS);
    private final Queue<Conversation> idle = new ArrayDeque<>();
    private final Queue<Long> waiting = new ArrayDeque<>();
    private final SplittableRandom random;
    private final Arrivals arrivals;
    private final Replies replies;
    private final int connections;
    private long next;
    private long end;

    OpenRound(int connections, Arrivals arrivals, Replies replies) {
        this.connections = connections;
        this.arrivals = arrivals;
        this.replies = replies;
        this.random = new SplittableRandom(arrivals.seed());
    }

    @Override
    public Replies replies() {
        return replies;
    }

    @Override
    public void opened(Conversation connection) {
        idle.add(connection);
        if (idle.size() == connections) {
            long now = System.nanoTime();
            end = now + arrivals.time().toNanos();
            next = now + gap();
            makeCallsThatAreDue(connection);
        }
    }

    /** Exponentially distributed. */
    private long gap() {
        return (long) (-Math.log(1 - random.nextDouble()) * NANOS / arrivals.perSecond());
    }

    private void makeCallsThatAreDue(Conversation any) {
        long now = System.nanoTime();
        while (next - now <= 0 && goesOn()) {
            Conversation free = idle.poll();
            if (free == null) {
                waiting.add(next);
            } else {
                free.send(next);
            }
            next += gap();
        }
        if (goesOn()) {
            any.loop().schedule(() -> makeCallsThatAreDue(any), next - now, TimeUnit.NANOSECONDS);
        } else {
            endIfAllAreAnswered();
        }
    }

    private boolean goesOn() {
        return next - end < 0 && !done.isDone();
    }

    @Override
    public void answered(Conversation connection) {
        latencies.recordValue(System.nanoTime() - connection.due());
        Long due = waiting.poll();
        if (due == null) {
            idle.add(connection);
            endIfAllAreAnswered();
        } else {
            connection.send(due);
        }
    }

    private void endIfAllAreAnswered() {
        if (!goesOn() && idle.size() == connections) {
            idle.forEach(Conversation::end);
            done.complete(latencies);
        }
    }

    @Override
    public void fail(String why) {
        done.completeExceptionally(
                new IllegalStateException(why + " (after " + latencies.getTotalCount() + " correct replies)"));
    }

    /** Nanoseconds of every call, when all connections are closed. */
    CompletableFuture<Histogram> done() {
        return done;
    }
}

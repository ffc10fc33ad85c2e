package dev.sallyport.gateway.http.connection;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a port, and how they end when the gateway stops. From {@link #end} on no connection is taken, every
 * answer is the last one of its connection, and a connection without a request is closed once it has been idle for a moment: a
 * caller who sends one request after another gets the answer that tells it to go elsewhere. From {@link #refuse} on requests are
 * refused. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
public final class OpenConnections {
    /** How long a connection is waited for that was in use just now. */
    public static final Duration MOMENT = Duration.ofSeconds(1);

    private final Set<One> open = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();
    private final CompletableFuture<Void> none = new CompletableFuture<>();

    private volatile @Nullable Channel port;
    private volatile Stage stage = Stage.SERVING;

    /** One connection. Its methods are called from any thread. */
    public interface One {
        /** The gateway stops: ends as soon as what is in progress on it was answered. */
        void end();

        /** The gateway stops now: closes with a reset. */
        void cut();
    }

    private enum Stage {
        SERVING,
        ENDING,
        REFUSING
    }

    void boundTo(Channel channel) {
        port = channel;
    }

    /** It was made. */
    public void add(One connection) {
        open.add(connection);
        if (areEnding()) {
            connection.end();
        }
    }

    /** It is gone. */
    public void remove(One connection) {
        open.remove(connection);
        noteIfNone();
    }

    private void noteIfNone() {
        if (areEnding() && open.isEmpty()) {
            none.complete(null);
        }
    }

    /** A request began to come. */
    public void requestCame() {
        requests.increment();
    }

    /** Its answer was taken by the network, or cannot be. */
    public void requestIsOver() {
        requests.decrement();
    }

    /** Whether an answer that is written now is the last one of its connection. */
    boolean areEnding() {
        return stage != Stage.SERVING;
    }

    /** Whether a request whose head comes now is too late. */
    public boolean areRefusing() {
        return stage == Stage.REFUSING;
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /** How many requests have begun to come and have no answer that was taken by the network. */
    public long requests() {
        return requests.sum();
    }

    /** Takes no others, and ends those that there are. */
    public void end() {
        stage = Stage.ENDING;
        Channel bound = port;
        if (bound != null) {
            bound.close();
        }
        open.forEach(One::end);
        noteIfNone();
    }

    /** Refuses requests whose head has not come so far. */
    public void refuse() {
        stage = Stage.REFUSING;
    }

    /** Closes all that are left, with a reset. */
    public void cut() {
        open.forEach(One::cut);
    }

    /** Waits until there is none; false if there still are some after this time. */
    public boolean endedWithin(Duration time) throws InterruptedException {
        try {
            none.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException some) {
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }
}

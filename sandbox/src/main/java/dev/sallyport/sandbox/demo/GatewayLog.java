package dev.sallyport.sandbox.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the gateway wrote and the demo has not looked at yet. Thread-safe. */
final class GatewayLog {
    private static final int MOST_LINES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES);

    /** Takes a line; all that were there go if they have become too many. */
    void add(String line) {
        boolean kept = lines.offer(line);
        if (!kept) {
            lines.clear();
        }
    }

    /**
     * The line about one call; waits a moment for it, since the reply may be here first. Lines before it are dropped: they are
     * of earlier calls.
     *
     * @param requestId the id that the caller of the call was given
     */
    @Nullable
    String about(String requestId) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toNanos(); left > 0; left = end - System.nanoTime()) {
            @Nullable String line = lines.poll(left, TimeUnit.NANOSECONDS);
            if (line != null && line.contains("\"" + requestId + "\"")) {
                return line;
            }
        }
        return null;
    }

    /** All of it, once. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return List.copyOf(rest);
    }
}

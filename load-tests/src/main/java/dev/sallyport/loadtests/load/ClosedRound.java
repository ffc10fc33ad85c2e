package dev.sallyport.loadtests.load;

import dev.sallyport.loadtests.provider.Replies;
import java.util.concurrent.CompletableFuture;

/** Each connection makes its next call when the last was answered. Touched on their one event loop, but for its end. */
final class ClosedRound implements Round {
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final long end;
    private final Replies replies;
    private int open;
    private long calls;

    ClosedRound(int connections, long end, Replies replies) {
        this.open = connections;
        this.end = end;
        this.replies = replies;
    }

    @Override
    public Replies replies() {
        return replies;
    }

    @Override
    public void opened(Conversation connection) {
        connection.send(System.nanoTime());
    }

    @Override
    public void answered(Conversation connection) {
        calls++;
        long now = System.nanoTime();
        if (now - end < 0 && !done.isDone()) {
            connection.send(now);
            return;
        }
        connection.end();
        open--;
        if (open == 0) {
            done.complete(calls);
        }
    }

    @Override
    public void fail(String why) {
        done.completeExceptionally(new IllegalStateException(why + " (after " + calls + " correct replies)"));
    }

    /** The calls that were answered, when all connections are closed. */
    CompletableFuture<Long> done() {
        return done;
    }
}

package dev.sallyport.loadtests.load;

import dev.sallyport.loadtests.provider.Replies;
import java.util.concurrent.CompletableFuture;

/** What the conversations of one run share. Touched on their one event loop, but for its end. */
final class Round {
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final long end;
    private final Replies replies;
    private int open;
    private long calls;

    Round(int conversations, long end, Replies replies) {
        this.open = conversations;
        this.end = end;
        this.replies = replies;
    }

    Replies replies() {
        return replies;
    }

    boolean goesOn() {
        return System.nanoTime() < end && !done.isDone();
    }

    void answered() {
        calls++;
    }

    void ended() {
        open--;
        if (open == 0) {
            done.complete(calls);
        }
    }

    void fail(String why) {
        done.completeExceptionally(new IllegalStateException(why + " (after " + calls + " correct replies)"));
    }

    CompletableFuture<Long> done() {
        return done;
    }
}

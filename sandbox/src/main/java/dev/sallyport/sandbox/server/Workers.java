package dev.sallyport.sandbox.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * What limits a provider: each operation takes its time, and so many are under way at once. Those that come beyond wait in
 * line, as long as their callers do. Thread-safe.
 */
public final class Workers {
    private final Duration latency;
    private final boolean areLimited;
    private final Queue<MonoSink<Boolean>> waiting = new ArrayDeque<>();
    private int free;

    /**
     * All of them free.
     *
     * @param count of operations at once; zero for any number
     * @param latency of one
     */
    public Workers(int count, Duration latency) {
        this.free = count;
        this.areLimited = count > 0;
        this.latency = latency;
    }

    /** The result of an operation, after its turn and its time. */
    <T> Mono<T> carryOut(Mono<T> operation) {
        Mono<T> late = latency.isZero() ? operation : operation.delayElement(latency);
        return areLimited ? Mono.usingWhen(turn(), turn -> late, turn -> Mono.fromRunnable(this::release)) : late;
    }

    private Mono<Boolean> turn() {
        return Mono.create(sink -> {
            if (isFree(sink)) {
                sink.success(true);
            }
        });
    }

    private synchronized boolean isFree(MonoSink<Boolean> sink) {
        if (free > 0) {
            free--;
            return true;
        }
        waiting.add(sink);
        sink.onCancel(() -> leave(sink));
        return false;
    }

    private synchronized void leave(MonoSink<Boolean> sink) {
        waiting.remove(sink);
    }

    private void release() {
        @Nullable MonoSink<Boolean> next = next();
        if (next != null) {
            next.success(true);
        }
    }

    private synchronized @Nullable MonoSink<Boolean> next() {
        @Nullable MonoSink<Boolean> next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}

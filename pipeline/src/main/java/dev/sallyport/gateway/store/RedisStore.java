package dev.sallyport.gateway.store;

import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import dev.sallyport.store.StoreFailure.Fault;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Runs scripts on a Redis or Valkey server. A command is refused at once while there is no connection, or while too many wait; it
 * is given up after the timeout and never cancelled, since Lettuce forgets cancelled commands only when their answers come. A
 * connection on which nothing was heard for ten timeouts is given up as well. Thread-safe.
 */
final class RedisStore implements SharedStore {
    private static final int MOST_WAITING = 1000;
    private static final int PATIENCE = 10;

    private final StoreLink link;
    private final StoreLoop loop;
    private final long timeout;
    private final StoreEvents events;
    private final Time time;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Since when nothing was heard while something waited. */
    private volatile long silentSince;

    /**
     * Who measures time.
     *
     * @param nanos as {@link System#nanoTime}
     * @param scheduler that of the current thread
     */
    record Time(LongSupplier nanos, Supplier<Scheduler> scheduler) {}

    RedisStore(StoreLink link, StoreLoop loop, Duration timeout, StoreEvents events, Time time) {
        this.link = link;
        this.loop = loop;
        this.timeout = timeout.toNanos();
        this.events = events;
        this.time = time;
    }

    boolean isConnected() {
        return link.now() != null;
    }

    @Override
    public Mono<ScriptResult> run(
            Script script, List<byte[]> keys, List<byte[]> arguments, Consumer<ScriptResult> late) {
        return Mono.create(asking -> {
            @Nullable StatefulRedisConnection<byte[], byte[]> connection = link.now();
            if (connection == null) {
                refuse(script, Fault.DISCONNECTED, asking);
            } else if (waiting.get() >= MOST_WAITING) {
                refuse(script, Fault.TOO_MANY, asking);
            } else {
                send(new Exchange(script, connection, asking, late), keys, arguments);
            }
        });
    }

    private void refuse(Script script, Fault fault, MonoSink<ScriptResult> asking) {
        events.asked(script.name(), 0, fault);
        asking.error(new StoreFailure(fault, null));
    }

    private void send(Exchange exchange, List<byte[]> keys, List<byte[]> arguments) {
        if (waiting.getAndIncrement() == 0) {
            silentSince = exchange.began;
        }
        try {
            loop.execute(() -> {
                var unused = evaluated(exchange, keys.toArray(new byte[0][]), arguments.toArray(new byte[0][]))
                        .whenComplete((values, failure) -> ended(exchange, values, failure));
            });
        } catch (RejectedExecutionException stopping) {
            ended(exchange, null, stopping);
        }
    }

    private void ended(Exchange exchange, @Nullable List<Object> values, @Nullable Throwable failure) {
        silentSince = time.nanos().getAsLong();
        waiting.getAndDecrement();
        exchange.ended(values, failure);
    }

    /** By its digest, and by its text where the server does not know that. */
    private CompletionStage<List<Object>> evaluated(Exchange exchange, byte[][] keys, byte[][] arguments) {
        RedisAsyncCommands<byte[], byte[]> commands = exchange.connection.async();
        Script script = exchange.script;
        return commands.<List<Object>>evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments)
                .exceptionallyComposeAsync(
                        failure -> {
                            Throwable cause = cause(failure);
                            return cause instanceof RedisNoScriptException
                                    ? commands.eval(script.text(), ScriptOutputType.MULTI, keys, arguments)
                                    : CompletableFuture.failedFuture(cause);
                        },
                        loop);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }

    /** Servers before version 7 tell it in the middle of what they say of the script, which Lettuce has no exception for. */
    private static boolean isReplica(Throwable cause) {
        return cause instanceof RedisCommandExecutionException
                && String.valueOf(cause.getMessage()).contains("READONLY ");
    }

    /** One script on its way. What comes first decides: the answer or the timeout. */
    private final class Exchange {
        private final Script script;
        private final StatefulRedisConnection<byte[], byte[]> connection;
        private final MonoSink<ScriptResult> asking;
        private final Consumer<ScriptResult> late;
        private final Scheduler scheduler = time.scheduler().get();
        private final long began = time.nanos().getAsLong();
        private final AtomicBoolean decided = new AtomicBoolean();
        private final Disposable timer = scheduler.schedule(this::giveUp, timeout, TimeUnit.NANOSECONDS);

        Exchange(
                Script script,
                StatefulRedisConnection<byte[], byte[]> connection,
                MonoSink<ScriptResult> asking,
                Consumer<ScriptResult> late) {
            this.script = script;
            this.connection = connection;
            this.asking = asking;
            this.late = late;
        }

        void ended(@Nullable List<Object> values, @Nullable Throwable failure) {
            boolean inTime = decided.compareAndSet(false, true);
            if (inTime) {
                timer.dispose();
            }
            if (values == null || failure != null) {
                failed(inTime, failure == null ? new IllegalStateException("no list") : cause(failure));
            } else if (inTime) {
                told(null);
                onward(() -> asking.success(new ScriptResult(values)));
            } else {
                late.accept(new ScriptResult(values));
            }
        }

        private void failed(boolean inTime, Throwable cause) {
            if (isReplica(cause)) { // its name leads elsewhere now
                link.drop(connection);
            }
            if (inTime) {
                told(Fault.FAILED);
                onward(() -> asking.error(new StoreFailure(Fault.FAILED, cause)));
            }
        }

        private void giveUp() {
            if (decided.compareAndSet(false, true)) {
                told(Fault.TIMED_OUT);
                if (time.nanos().getAsLong() - silentSince > PATIENCE * timeout) {
                    link.drop(connection);
                }
                asking.error(new StoreFailure(Fault.TIMED_OUT, null));
            }
        }

        private void told(@Nullable Fault fault) {
            events.asked(script.name(), time.nanos().getAsLong() - began, fault);
        }

        private void onward(Runnable answer) {
            try {
                var unused = scheduler.schedule(answer);
            } catch (RejectedExecutionException stopping) {
                answer.run();
            }
        }
    }
}

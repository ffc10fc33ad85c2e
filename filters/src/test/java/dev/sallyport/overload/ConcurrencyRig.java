package dev.sallyport.overload;

import dev.sallyport.call.Calls;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The filter around a provider that answers when a test says so. */
final class ConcurrencyRig {
    static final Duration QUEUE = Duration.ofMillis(50);
    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final Deque<Sinks.One<Reply>> asked = new ArrayDeque<>();
    final List<Reply> replies = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    final List<Window> windows = new ArrayList<>();
    final ConcurrencyLimiter limiter =
            new ConcurrencyLimiter(new LimitWindows(this::noted, 2, this::now), QUEUE.toNanos());
    ConcurrencyMode mode = ConcurrencyMode.ENFORCE;
    int cancelled;

    private double noted(double limit, Window window) {
        windows.add(window);
        return limit;
    }

    long now() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    ConcurrencyFilter filter(Priority priority) {
        OverloadEvents events =
                (of, cause, refused) -> heard.add(of + " " + cause + (refused ? " refused" : " let through"));
        return new ConcurrencyFilter(
                new ConcurrencyFilter.Terms(limiter, mode, events, () -> time, this::now), priority);
    }

    Disposable call(Priority priority) {
        return call(priority, Calls.unread(Calls.call("{}")));
    }

    Disposable call(Priority priority, ReadCall call) {
        return filter(priority)
                .around(provider())
                .send(call)
                .subscribe(replies::add, bug -> heard.add(String.valueOf(bug.getMessage())));
    }

    Upstream<ReadCall> provider() {
        return call -> Mono.defer(() -> {
            Sinks.One<Reply> reply = Sinks.one();
            asked.add(reply);
            return reply.asMono().doOnCancel(() -> cancelled++);
        });
    }

    void answer(int status) {
        asked.remove().tryEmitValue(Calls.answer(status, "{}"));
        time.advanceTime();
    }
}

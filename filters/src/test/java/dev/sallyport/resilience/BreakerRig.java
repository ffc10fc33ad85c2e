package dev.sallyport.resilience;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.ProviderError;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.config.BreakerMode;
import dev.sallyport.config.CircuitBreakerSettings;
import dev.sallyport.config.value.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A breaker on a clock of its own: four attempts count, half of them failed opens it, and so do three slow ones of four. */
final class BreakerRig {
    static final int WINDOW = 4;
    static final Duration PAUSE = Duration.ofSeconds(5);
    static final Duration SLOW = Duration.ofMillis(100);
    static final Duration DEADLINE = SLOW.multipliedBy(2);
    static final Reply GOOD = answer(200, 1);
    long nanos = 1;
    final ProviderBreaker breaker = breaker(SLOW, PAUSE);
    final List<Reply> got = new ArrayList<>();
    int asked;
    Scheduler timer = Schedulers.parallel();

    /** An attempt whose reply is due. */
    final class Try {
        private final Sinks.One<Reply> reply = Sinks.one();
        final Disposable caller = filter().around(call -> reply.asMono())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe(got::add);

        void succeeds() {
            reply.tryEmitValue(GOOD);
        }

        boolean isGivenUp() {
            return reply.currentSubscriberCount() == 0;
        }
    }

    Try attempt() {
        return new Try();
    }

    void open() {
        send(answer(500, 1), answer(500, 1), answer(500, 1), answer(500, 1));
        nanos += PAUSE.toNanos() + 1;
        got.clear();
    }

    void send(Reply... replies) {
        for (Reply reply : replies) {
            filter().around(call -> {
                        asked++;
                        return Mono.just(reply);
                    })
                    .send(Calls.unread(Calls.call("{}")))
                    .subscribe(got::add);
        }
    }

    BreakerFilter filter() {
        return new BreakerFilter(breaker, DEADLINE, () -> timer);
    }

    ProviderBreaker breaker(Duration slow, Duration pause) {
        var settings =
                new CircuitBreakerSettings(BreakerMode.ENFORCE, WINDOW, new Percent(50), slow, new Percent(80), pause);
        return new ProviderBreaker("test", settings, Duration.ZERO, () -> nanos);
    }

    static Answer answer(int status, long millis) {
        var timing = new Timing(1, 1 + Duration.ofMillis(millis).toNanos());
        return new Answer(status, Headers.NONE, new byte[0], timing, new ProviderError());
    }
}

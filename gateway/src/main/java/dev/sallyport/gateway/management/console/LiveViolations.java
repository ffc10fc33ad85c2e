package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.violations.ViolationFilter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The table of violations as server-sent events: looked at every two seconds while a page is open, sent when it changed. Ends with
 * the gateway's stop, and after a while by itself; browsers come again.
 */
final class LiveViolations {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST = 16;

    /** Every so many looks without a change, a comment shows that the connection is alive. */
    private static final int QUIET_LOOKS = 8;

    private final Console console;
    private final Scheduler scheduler;
    private final BooleanSupplier stopping;
    private final AtomicInteger open = new AtomicInteger();

    LiveViolations(Console console, Scheduler scheduler, BooleanSupplier stopping) {
        this.console = console;
        this.scheduler = scheduler;
        this.stopping = stopping;
    }

    Mono<ServerResponse> stream(ViolationFilter filter) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            return ConsoleAnswers.words(HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open.");
        }
        return ConsoleAnswers.with(HttpStatus.OK, "no-store")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(BodyInserters.fromServerSentEvents(events(filter).doFinally(ended -> open.decrementAndGet())));
    }

    /** A slow reader misses looks, not changes: what comes next is the table as it is then. */
    private Flux<ServerSentEvent<String>> events(ViolationFilter filter) {
        return Flux.interval(Duration.ZERO, INTERVAL)
                .onBackpressureDrop()
                .takeWhile(look -> !stopping.getAsBoolean())
                .take(LONGEST)
                .concatMap(
                        look -> Mono.fromCallable(() -> console.violationsNow(filter))
                                .subscribeOn(scheduler),
                        1)
                .scan(new Told("", 0, false), Told::next)
                .skip(1)
                .filter(told -> told.isNew() || told.looks() % QUIET_LOOKS == 0)
                .map(Told::event);
    }

    /**
     * What a page was last told.
     *
     * @param looks since the last change
     */
    private record Told(String html, int looks, boolean isNew) {
        Told next(String now) {
            return now.equals(html) ? new Told(html, looks + 1, false) : new Told(now, 0, true);
        }

        ServerSentEvent<String> event() {
            return isNew
                    ? ServerSentEvent.builder(html).event("rows").build()
                    : ServerSentEvent.<String>builder().comment("unchanged").build();
        }
    }
}

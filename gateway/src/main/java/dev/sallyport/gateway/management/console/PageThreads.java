package dev.sallyport.gateway.management.console;

import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads of the console's own: two on which pages are made, and one on which is done what they ask for, such as a reload. No event loop
 * waits for one, and no number of readers takes more of the gateway than that.
 */
final class PageThreads implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING = 64;
    private static final int ACTIONS_WAITING = 8;
    private static final int IDLE_SECONDS = 30;

    private final Scheduler pages =
            Schedulers.newBoundedElastic(THREADS, WAITING, "sallyport-console-page", IDLE_SECONDS, true);
    private final Scheduler actions =
            Schedulers.newBoundedElastic(1, ACTIONS_WAITING, "sallyport-console-action", IDLE_SECONDS, true);

    Scheduler pages() {
        return pages;
    }

    <T> Mono<T> made(Callable<T> page) {
        return Mono.fromCallable(page).subscribeOn(pages);
    }

    <T> Mono<T> done(Callable<T> action) {
        return Mono.fromCallable(action).subscribeOn(actions);
    }

    static Mono<ServerResponse> tooMany() {
        return ConsoleAnswers.words(HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are asked for.");
    }

    @Override
    public void close() {
        pages.dispose();
        actions.dispose();
    }
}

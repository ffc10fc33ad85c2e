package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.ConsoleAssets;
import dev.sallyport.gateway.console.playground.Trial;
import dev.sallyport.gateway.console.violations.ViolationFilter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Which address of the management port shows which page. Pages are made on threads of the console's own, two at a time: no event
 * loop waits for one, and no number of readers takes more of the gateway than that.
 */
public final class ConsoleRoutes implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING = 64;
    private static final int IDLE_SECONDS = 30;
    private static final int LARGEST_TRIAL = 64 * 1024;

    private final Scheduler scheduler =
            Schedulers.newBoundedElastic(THREADS, WAITING, "sallyport-console-page", IDLE_SECONDS, true);
    private final ConsoleAssets assets = new ConsoleAssets();
    private final Console console;
    private final LiveViolations live;

    /** @param stopping ends streams, so that no open page holds up the gateway's stop */
    public ConsoleRoutes(Console console, BooleanSupplier stopping) {
        this.console = console;
        this.live = new LiveViolations(console, scheduler, stopping);
    }

    /** All of them, below {@code /console}. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/console", request -> page(console::home))
                .GET("/console/now", request -> page(console::homeNow))
                .GET("/console/operations", request -> page(console::operations))
                .GET("/console/operations/now", request -> page(console::operationsNow))
                .GET(
                        "/console/operations/series",
                        request -> made(console::series).flatMap(ConsoleAnswers::json))
                .GET("/console/violations", request -> page(() -> console.violations(filter(request))))
                .GET("/console/violations/live", request -> live.stream(filter(request)))
                .GET("/console/contracts", request -> page(console::contracts))
                .GET("/console/contracts/{operation}", this::contract)
                .GET("/console/state", request -> page(console::state))
                .GET("/console/settings", request -> page(console::settings))
                .GET(
                        "/console/playground",
                        request -> page(() -> console.playground(
                                request.queryParam("operation").orElse(""))))
                .POST(
                        "/console/playground",
                        RequestPredicates.contentType(MediaType.APPLICATION_FORM_URLENCODED),
                        this::tried)
                .GET("/console/assets/{name}", this::asset)
                .build();
    }

    private Mono<ServerResponse> contract(ServerRequest request) {
        String operation = request.pathVariable("operation");
        return made(() -> console.contract(operation)).flatMap(ConsoleAnswers::found);
    }

    private Mono<ServerResponse> asset(ServerRequest request) {
        String name = request.pathVariable("name");
        return made(() -> assets.named(name)).flatMap(ConsoleAnswers::asset);
    }

    /** The body's length is bounded before it is read, and while it is. */
    private Mono<ServerResponse> tried(ServerRequest request) {
        boolean tooLong = request.headers().contentLength().orElse(0) > LARGEST_TRIAL;
        if (tooLong) {
            return tooLarge();
        }
        return request.formData()
                .flatMap(form ->
                        isTooLarge(form) ? tooLarge() : page(() -> console.tried(Trial.of(form.toSingleValueMap()))))
                .onErrorResume(DataBufferLimitException.class, beyond -> tooLarge());
    }

    private static boolean isTooLarge(MultiValueMap<String, String> form) {
        return form.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(String::length)
                        .sum()
                > LARGEST_TRIAL;
    }

    private static Mono<ServerResponse> tooLarge() {
        return ConsoleAnswers.words(HttpStatus.CONTENT_TOO_LARGE, "Up to 64 KB can be tried.");
    }

    private Mono<ServerResponse> page(Callable<String> page) {
        return made(page)
                .flatMap(ConsoleAnswers::page)
                .onErrorResume(RejectedExecutionException.class, ConsoleRoutes::tooMany);
    }

    private static Mono<ServerResponse> tooMany(RejectedExecutionException busy) {
        return ConsoleAnswers.words(HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are asked for.");
    }

    private <T> Mono<T> made(Callable<T> page) {
        return Mono.fromCallable(page).subscribeOn(scheduler);
    }

    private static ViolationFilter filter(ServerRequest request) {
        return ViolationFilter.of(request.queryParams().toSingleValueMap());
    }

    @Override
    public void close() {
        scheduler.dispose();
    }
}

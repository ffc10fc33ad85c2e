package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.ConsoleAssets;
import dev.sallyport.gateway.console.playground.Trial;
import dev.sallyport.gateway.console.violations.ViolationFilter;
import dev.sallyport.gateway.management.login.Logins;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Which address of the management port shows which page. */
public final class ConsoleRoutes implements AutoCloseable {
    private static final int LARGEST_TRIAL = 64 * 1024;
    private static final int LARGEST_REPLAY = 256 * 1024;

    private final PageThreads threads = new PageThreads();
    private final Forms trials = new Forms(LARGEST_TRIAL, "Up to 64 KB can be tried.");
    private final Forms replays = new Forms(LARGEST_REPLAY, "Up to 256 KB can be replayed.");
    private final ConsoleAssets assets = new ConsoleAssets();
    private final Console console;
    private final ConsoleAccess access;
    private final LiveViolations live;

    /** @param stopping ends streams, so that no open page holds up the gateway's stop */
    public ConsoleRoutes(Console console, ConsoleAccess access, BooleanSupplier stopping) {
        this.console = console;
        this.access = access;
        this.live = new LiveViolations(console, threads.pages(), stopping);
    }

    /** All of them, below {@code /console}. */
    public RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route();
        access.logins().ifPresent(logins -> addSignIn(logins, routes));
        return routes.GET("/console", request -> page(console::home))
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
                        Forms::isSaid,
                        request -> trials.read(
                                request, form -> page(() -> console.tried(Trial.of(form.toSingleValueMap())))))
                .GET(
                        "/console/replay",
                        request -> page(() -> console.replay(
                                request.queryParam("operation").orElse(""),
                                request.queryParam("file").orElse(""))))
                .POST(
                        "/console/replay",
                        Forms::isSaid,
                        request -> replays.read(request, form -> page(() -> console.replayed(form.toSingleValueMap()))))
                .GET("/console/assets/{name}", this::asset)
                .onError(RejectedExecutionException.class, (busy, request) -> PageThreads.tooMany())
                .build();
    }

    private void addSignIn(Logins logins, RouterFunctions.Builder routes) {
        String after = logins.asksForToken() ? "/console" : ActionRoutes.PATH;
        new SignInRoutes(console, logins, access.audit(), threads, after).add(routes);
        access.actions().ifPresent(actions -> new ActionRoutes(console, logins, actions, threads).add(routes));
    }

    private Mono<ServerResponse> contract(ServerRequest request) {
        String operation = request.pathVariable("operation");
        return made(() -> console.contract(operation)).flatMap(ConsoleAnswers::found);
    }

    private Mono<ServerResponse> asset(ServerRequest request) {
        String name = request.pathVariable("name");
        return made(() -> assets.named(name)).flatMap(ConsoleAnswers::asset);
    }

    private Mono<ServerResponse> page(Callable<String> page) {
        return made(page).flatMap(ConsoleAnswers::page);
    }

    private <T> Mono<T> made(Callable<T> page) {
        return threads.made(page);
    }

    private static ViolationFilter filter(ServerRequest request) {
        return ViolationFilter.of(Forms.withoutNulls(request.queryParams()).toSingleValueMap());
    }

    @Override
    public void close() {
        threads.close();
    }
}

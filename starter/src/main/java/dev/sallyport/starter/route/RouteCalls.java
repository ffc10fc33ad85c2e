package dev.sallyport.starter.route;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Trail;
import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.gateway.body.BodyTooLarge;
import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.edge.CallDeadline;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.RequestBody;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.Routes.Match;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes calls that come on routes: reads them, and has the pipeline of their operation answer them. Thread-safe. */
public final class RouteCalls {
    private static final byte[] NO_BODY = new byte[0];

    private final ServingSnapshot served;
    private final ReplyHolding replies;
    private final RequestBody bodies;
    private final int bodyLimit;
    private final Duration bodyTimeout;

    /** Calls of what is served, within the bounds of the settings. */
    public RouteCalls(ServingSnapshot served, ReplyHolding replies, RequestSettings settings) {
        this.served = served;
        this.replies = replies;
        this.bodyLimit = (int) settings.bodyLimit().bytes();
        this.bodies = new RequestBody(bodyLimit);
        this.bodyTimeout = settings.bodyTimeout();
    }

    /** A filter for the calls of one operation, whatever their path. */
    public SessionContractFilter ofOperation(Routes.Route operation) {
        return new SessionContractFilter(this, operation);
    }

    /** A filter for the calls of all operations of the pack, by their path. */
    public SessionContractFilter ofAll() {
        return new SessionContractFilter(this, null);
    }

    /**
     * Answers one call, and holds the reply.
     *
     * @param named the operation that it is of; null if its path says so
     */
    Mono<Void> answered(ServerWebExchange exchange, GatewayFilterChain chain, Routes.@Nullable Route named) {
        return Mono.defer(() -> {
            var came = Incoming.of(exchange, chain, match(exchange.getRequest(), named), served);
            String methods = methods(exchange.getRequest(), named);
            return reply(came, methods)
                    .doOnNext(reply -> replies.hold(reply, exchange, came.about(), methods))
                    .then();
        });
    }

    private @Nullable Match match(ServerHttpRequest request, Routes.@Nullable Route named) {
        String path = request.getURI().getRawPath();
        return named == null
                ? served.routes().find(path, request.getMethod().name())
                : new Match(named, named.operation().template().projectIn(path).orElse(null));
    }

    /** What may be asked for here. */
    private String methods(ServerHttpRequest request, Routes.@Nullable Route named) {
        return named == null
                ? served.routes().methods(request.getURI().getRawPath())
                : named.operation().method();
    }

    private Mono<Reply> reply(Incoming came, String methods) {
        @Nullable Match match = came.match();
        if (match == null) {
            return refused(Rejection.of(Reason.UNKNOWN_OPERATION, "No operation of the contract pack has this path."));
        }
        Headers headers = came.headers();
        @Nullable Deadline deadline = CallDeadline.of(match.route().deadline(), headers, came.start());
        if (deadline == null) {
            return refused(EdgeRejections.unclearTimeout());
        }
        Operation operation = match.route().operation();
        if (!came.request().getMethod().name().equals(operation.method())) {
            return refused(Rejection.of(Reason.METHOD_NOT_ALLOWED, "This operation takes " + methods + " only."));
        }
        @Nullable Rejection problem = operation.hasBody() ? bodies.problem(headers) : null;
        return problem == null ? sent(came, match, deadline) : refused(problem);
    }

    private Mono<Reply> sent(Incoming came, Match match, Deadline deadline) {
        Operation operation = match.route().operation();
        Mono<byte[]> body = operation.hasBody() ? body(came.request(), deadline) : Mono.just(NO_BODY);
        return body.flatMap(bytes -> {
                    came.isAsked().set(true);
                    return match.route()
                            .pipeline()
                            .send(call(came, match, deadline, bytes))
                            .contextWrite(context -> context.put(Forwarding.class, came.forwarding()));
                })
                .onErrorResume(RouteCalls::isOfBody, failure -> refused(bodies.rejection(failure)));
    }

    private Mono<byte[]> body(ServerHttpRequest request, Deadline deadline) {
        long patience = Math.min(bodyTimeout.toNanos(), deadline.left(System.nanoTime()));
        return DataBufferUtils.join(request.getBody(), bodyLimit)
                .map(BufferBytes::taken)
                .defaultIfEmpty(NO_BODY)
                .onErrorMap(DataBufferLimitException.class, large -> new BodyTooLarge())
                .timeout(Duration.ofNanos(Math.max(0, patience)), Mono.error(BodyTooSlow::new));
    }

    private static boolean isOfBody(Throwable failure) {
        return failure instanceof BodyTooLarge || failure instanceof BodyTooSlow;
    }

    private Call call(Incoming came, Match match, Deadline deadline, byte[] bytes) {
        Operation operation = match.route().operation();
        Headers endToEnd =
                EndToEnd.ofCaller(came.headers(), served.ours(), match.route().credentials());
        var caller = new Caller(
                served.routes().project(match, came.headers()),
                came.address(),
                deadline,
                new Trail(came.requestId(), PhaseClock.OFF));
        return Call.of(
                operation.id(), new RequestLine(operation.method(), came.target(operation)), endToEnd, bytes, caller);
    }

    private static Mono<Reply> refused(Rejection rejection) {
        return Mono.just(new Refusal(rejection));
    }

    /**
     * One that comes in.
     *
     * @param start when its head came, by {@link System#nanoTime}
     * @param isAsked whether it came to its pipeline, which counts it
     */
    private record Incoming(
            ServerWebExchange exchange,
            GatewayFilterChain chain,
            @Nullable Match match,
            long start,
            String requestId,
            AtomicBoolean isAsked) {
        static Incoming of(
                ServerWebExchange exchange, GatewayFilterChain chain, @Nullable Match match, ServingSnapshot served) {
            ServerHttpRequest request = exchange.getRequest();
            String id = served.requestId(
                    new SpringHeaders(request.getHeaders()), CallerAddresses.of(request.getRemoteAddress()));
            return new Incoming(exchange, chain, match, System.nanoTime(), id, new AtomicBoolean());
        }

        ServerHttpRequest request() {
            return exchange.getRequest();
        }

        Headers headers() {
            return new SpringHeaders(request().getHeaders());
        }

        Forwarding forwarding() {
            return new Forwarding(exchange, chain);
        }

        RefusedCall about() {
            CallKind kind = match == null
                    ? CallKind.NONE
                    : CallKind.of(match.route().operation().id());
            return new RefusedCall(kind, headers(), start, requestId, isAsked.get());
        }

        String address() {
            return CallerAddresses.of(request().getRemoteAddress());
        }

        /** As the caller wrote it, and as filters in front of ours have changed it. */
        String target(Operation operation) {
            String path = request().getURI().getRawPath();
            @Nullable String query = request().getURI().getRawQuery();
            return query == null || operation.query() == Query.IGNORE ? path : path + "?" + query;
        }
    }
}

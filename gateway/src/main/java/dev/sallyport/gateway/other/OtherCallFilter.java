package dev.sallyport.gateway.other;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.ReplyResponses;
import dev.sallyport.gateway.http.RouteFailures;
import dev.sallyport.gateway.http.call.CallTrail;
import dev.sallyport.gateway.http.connection.UncaughtErrors;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * In front of the filters of a route for other calls: reads the body with a cap, has the call meet what every call meets, and
 * sends the answer when all of it is there. Requests on other routes go on as they came.
 */
public final class OtherCallFilter implements GlobalFilter, Ordered {
    /** The attribute of an exchange with the call that it is about. */
    static final String CALL = OtherCallFilter.class.getName() + ".call";

    private final Limits limits;
    private final ReplyResponses responses;
    private final BooleanSupplier tooMuch;

    /**
     * Sizes in bytes.
     *
     * @param body of a request's body
     * @param reply of an answer's body
     */
    public record Limits(int body, int reply) {}

    /**
     * For all routes.
     *
     * @param tooMuch whether the gateway has too much to do for another call
     */
    public OtherCallFilter(Limits limits, ReplyResponses responses, BooleanSupplier tooMuch) {
        this.limits = limits;
        this.responses = responses;
        this.tooMuch = tooMuch;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        @Nullable String route = OtherCallRoutes.name(exchange);
        return route == null
                ? chain.filter(exchange)
                : Mono.deferContextual(context -> {
                    var call = new IncomingCall(
                            exchange, route, context.get(ServingSnapshot.class), context.get(CallTrail.class));
                    return call.toItsEnd(answered(call, chain).onErrorResume(bug -> failed(call, bug)));
                });
    }

    private Mono<Void> answered(IncomingCall call, GatewayFilterChain chain) {
        @Nullable Rejection problem = problem(call);
        return problem == null
                ? Bodies.whole(call.exchange().getRequest().getBody(), limits.body())
                        .materialize()
                        .flatMap(body -> body.isOnNext()
                                ? sent(call, Objects.requireNonNull(body.get()), chain)
                                : unread(call, Objects.requireNonNull(body.getThrowable())))
                : unread(call, problem);
    }

    /** A caller that left within its body is told nothing. */
    private Mono<Void> unread(IncomingCall call, Throwable why) {
        boolean hasLeft = UncaughtErrors.areOfTheConnection(why) && !(why instanceof BodyTooSlow);
        return hasLeft ? call.left() : unread(call, unread(why));
    }

    /** An answer that has begun cannot be made another. */
    private Mono<Void> failed(IncomingCall call, Throwable bug) {
        return call.response().isCommitted() || !call.isThere()
                ? Mono.error(bug)
                : unread(call, EdgeRejections.bug(bug));
    }

    private @Nullable Rejection problem(IncomingCall call) {
        if (call.isUnclear()) {
            return EdgeRejections.unclearTimeout();
        }
        if (call.method().equals("HEAD")) {
            return Rejection.of(Reason.METHOD_NOT_ALLOWED, "HEAD is not forwarded; ask with GET.");
        }
        if (tooMuch.getAsBoolean()) {
            return EdgeRejections.overloaded();
        }
        return call.announced() > limits.body() ? EdgeRejections.bodyTooLarge(limits.body()) : null;
    }

    private Rejection unread(Throwable why) {
        return why instanceof DataBufferLimitException
                ? EdgeRejections.bodyTooLarge(limits.body())
                : RouteFailures.rejection(why, false);
    }

    /** Where the next request begins is not worth finding out. */
    private Mono<Void> unread(IncomingCall call, Rejection problem) {
        call.response().getHeaders().setConnection("close");
        return write(call, new Refusal(problem));
    }

    private Mono<Void> sent(IncomingCall call, byte[] body, GatewayFilterChain chain) {
        return call.served()
                .otherCalls()
                .around(call.route(), read -> routed(call.exchange(), read.call(), chain))
                .send(call.whole(body))
                .flatMap(reply -> write(call, reply));
    }

    /** The call on its way through the filters of its route, and what they made of the answer. */
    private Mono<Reply> routed(ServerWebExchange exchange, Call call, GatewayFilterChain chain) {
        DataBufferFactory buffers = exchange.getResponse().bufferFactory();
        var response = new GatheredResponse(buffers, limits.reply());
        ServerWebExchange inner = exchange.mutate()
                .request(new CheckedRequest(exchange.getRequest(), call, buffers))
                .response(response)
                .build();
        inner.getAttributes().put(CALL, call);
        return chain.filter(inner)
                .then(Mono.defer(() -> response.isCommitted() ? Mono.empty() : response.setComplete()))
                .then(Mono.<Reply>fromSupplier(() -> response.answer(ProviderAnswer.timing(inner))))
                .onErrorResume(failure -> Mono.just(refusal(failure)));
    }

    private static Refusal refusal(Throwable failure) {
        return failure instanceof OtherCallRefused refused
                ? refused.refusal()
                : new Refusal(RouteFailures.rejection(failure, true));
    }

    private Mono<Void> write(IncomingCall call, Reply reply) {
        call.answered(reply);
        Mono<Void> written = reply instanceof Answer answer
                ? responses.write(answer, call.response())
                : responses.write((Refusal) reply, call.about(), call.served(), call.response());
        call.tellTime();
        return written;
    }
}

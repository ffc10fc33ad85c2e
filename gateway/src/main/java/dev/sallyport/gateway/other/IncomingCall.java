package dev.sallyport.gateway.other;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Identification;
import dev.sallyport.call.Phase;
import dev.sallyport.call.Reply;
import dev.sallyport.call.RequestLine;
import dev.sallyport.gateway.edge.CallDeadline;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.CallTrail;
import dev.sallyport.gateway.http.call.CallerAddress;
import dev.sallyport.gateway.http.header.BasicCredentials;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.RefusedCall;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Another call whose head has come. */
final class IncomingCall {
    private final ServerWebExchange exchange;
    private final String route;
    private final ServingSnapshot served;
    private final HttpServerRequest request;
    private final Headers headers;
    private final long start = System.nanoTime();
    private final @Nullable Deadline deadline;
    private final String address;
    private final CallTrail trail;
    private final Identification identification;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private volatile @Nullable String project;
    /** What its caller is told; null until that is known. */
    private volatile @Nullable Reply reply;

    /**
     * A call on a route.
     *
     * @param served what served when it came
     * @param trail what is told of it beside its answer
     */
    IncomingCall(ServerWebExchange exchange, String route, ServingSnapshot served, CallTrail trail) {
        this.exchange = exchange;
        this.route = route;
        this.served = served;
        this.request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        this.headers = new NettyHeaders(request.requestHeaders());
        this.address = CallerAddress.of(exchange.getRequest().getRemoteAddress());
        this.trail = trail;
        this.identification = new Identification(certificate(exchange));
        this.deadline = CallDeadline.of(served.otherCalls().deadline(), headers, start);
    }

    ServerWebExchange exchange() {
        return exchange;
    }

    ServerHttpResponse response() {
        return exchange.getResponse();
    }

    String route() {
        return route;
    }

    ServingSnapshot served() {
        return served;
    }

    String method() {
        return request.method().name();
    }

    /** Whether it does not say in one way how long its caller waits. */
    boolean isUnclear() {
        return deadline == null;
    }

    /** The announced length of its body; less than 0 if there is none. */
    long announced() {
        return exchange.getRequest().getHeaders().getContentLength();
    }

    /** What a refusal's line in the log says of it. */
    RefusedCall about() {
        return new RefusedCall(
                OtherCalls.OPERATION, route, headers, start, trail.ofCall().requestId());
    }

    private static @Nullable X509Certificate certificate(ServerWebExchange exchange) {
        @Nullable SslInfo tls = exchange.getRequest().getSslInfo();
        X509Certificate @Nullable [] shown = tls == null ? null : tls.getPeerCertificates();
        return shown == null || shown.length == 0 ? null : shown[0];
    }

    /** The call, once its body is there. */
    Call whole(byte[] body) {
        trail.enter(Phase.FIRST_DOOR);
        project = BasicCredentials.userName(headers);
        var caller = new Caller(
                project, address, deadline == null ? Deadline.NONE : deadline, trail.ofCall(), identification);
        return Call.of(
                OtherCalls.OPERATION,
                new RequestLine(method(), request.uri()),
                EndToEnd.ofOther(headers, served.ours()),
                body,
                caller);
    }

    /** What its caller is told is known. */
    void answered(Reply told) {
        trail.enter(Phase.WRITE);
        reply = told;
    }

    /** Into the answer's fields: where the time went, if its caller is told that. */
    void tellTime() {
        trail.tell(exchange.getResponse().getHeaders()::set);
    }

    /**
     * The answering of this call, and at its end its line. What fails without an answer is told by what answers in place of this.
     *
     * @param answering ends when the network took the answer
     */
    Mono<Void> withLine(Mono<Void> answering) {
        return trail.isLogged()
                ? answering
                        .doOnSuccess(taken -> over(true))
                        .doOnCancel(() -> over(false))
                        .doOnError(failure -> exchange.getResponse().isCommitted(), failure -> over(false))
                : answering;
    }

    private void over(boolean isDelivered) {
        if (isOver.compareAndSet(false, true)) {
            var kind = new CallKind(OtherCalls.OPERATION, route);
            trail.over(kind, project, identification, new Ending(reply, isDelivered));
        }
    }
}

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
import dev.sallyport.gateway.http.call.RefusedInFront;
import dev.sallyport.gateway.http.call.SpokenVersion;
import dev.sallyport.gateway.http.header.BasicCredentials;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.gateway.trace.CallSpans;
import dev.sallyport.gateway.trace.CallSpans.CameIn;
import io.netty.channel.Channel;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** Another call whose head has come. */
final class IncomingCall {
    private final ServerWebExchange exchange;
    private final String route;
    private final ServingSnapshot served;
    private final HttpServerRequest request;
    private final Headers headers;
    private final Channel connection;
    private final @Nullable Deadline deadline;
    private final String address;
    private final CallTrail trail;
    private final Identification identification;

    /** Whether it came to its pipeline. */
    private volatile boolean isAsked;

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
        this.connection = ((Connection) request).channel();
        this.headers = new NettyHeaders(request.requestHeaders());
        this.address = CallerAddress.of(exchange.getRequest().getRemoteAddress());
        this.trail = trail.isTraced() ? trail.traced(cameIn()) : trail;
        this.identification = new Identification(certificate(exchange));
        this.deadline = CallDeadline.of(served.otherCalls().deadline(), headers, trail.start());
    }

    private CameIn cameIn() {
        return new CameIn(
                request.method().name(),
                route,
                SpokenVersion.of(request),
                CameIn.parent(request.requestHeaders().getAll(CallSpans.PARENT)),
                served.fields().trusted().contains(address));
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
        return trail.refused(kind(), headers, isAsked);
    }

    private static @Nullable X509Certificate certificate(ServerWebExchange exchange) {
        @Nullable SslInfo tls = exchange.getRequest().getSslInfo();
        X509Certificate @Nullable [] shown = tls == null ? null : tls.getPeerCertificates();
        return shown == null || shown.length == 0 ? null : shown[0];
    }

    /** The call, once its body is there. */
    Call whole(byte[] body) {
        trail.enter(Phase.FIRST_DOOR);
        isAsked = true;
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

    /** Its connection broke within it. There is nothing to be answered, and nothing may be taken for an answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
    Mono<Void> left() {
        connection.close();
        return Mono.empty();
    }

    /** Whether its caller is there. */
    boolean isThere() {
        return connection.isActive();
    }

    /**
     * The answering of this call, and at its end its line.
     *
     * @param answering ends when the network took the answer
     */
    Mono<Void> toItsEnd(Mono<Void> answering) {
        return answering.doFinally(end -> over(end == SignalType.ON_COMPLETE));
    }

    private void over(boolean isTaken) {
        @Nullable Reply told = reply;
        @Nullable RefusedInFront inFront = told == null ? RefusedInFront.of(connection) : null;
        if (inFront != null) {
            trail.answeredInFront(kind(), inFront, SpokenVersion.of(request));
            return;
        }
        if (told == null && !isAsked) {
            trail.left(kind());
        }
        trail.over(
                kind(), project, identification, new Ending(told, isTaken && told != null), SpokenVersion.of(request));
    }

    private CallKind kind() {
        return new CallKind(OtherCalls.OPERATION, route);
    }
}

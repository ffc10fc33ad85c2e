package dev.sallyport.gateway.other;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Identification;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Trail;
import dev.sallyport.gateway.edge.CallDeadline;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.CallerAddress;
import dev.sallyport.gateway.http.header.BasicCredentials;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.RefusedCall;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
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
    private final String requestId;

    /**
     * A call on a route.
     *
     * @param served what served when it came
     */
    IncomingCall(ServerWebExchange exchange, String route, ServingSnapshot served) {
        this.exchange = exchange;
        this.route = route;
        this.served = served;
        this.request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        this.headers = new NettyHeaders(request.requestHeaders());
        this.address = CallerAddress.of(exchange.getRequest().getRemoteAddress());
        this.requestId = served.requestId(headers, address);
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
        return new RefusedCall(OtherCalls.OPERATION, route, headers, start, requestId);
    }

    private @Nullable X509Certificate certificate() {
        @Nullable SslInfo tls = exchange.getRequest().getSslInfo();
        X509Certificate @Nullable [] shown = tls == null ? null : tls.getPeerCertificates();
        return shown == null || shown.length == 0 ? null : shown[0];
    }

    /** The call, once its body is there. */
    Call whole(byte[] body) {
        var caller = new Caller(
                BasicCredentials.userName(headers),
                address,
                deadline == null ? Deadline.NONE : deadline,
                new Trail(requestId, PhaseClock.OFF),
                new Identification(certificate()));
        return Call.of(
                OtherCalls.OPERATION,
                new RequestLine(method(), request.uri()),
                EndToEnd.ofOther(headers, served.ours()),
                body,
                caller);
    }
}

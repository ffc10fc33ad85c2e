package dev.sallyport.gateway.http;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.gateway.http.Routes.Match;
import dev.sallyport.gateway.http.header.BasicCredentials;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Takes the calls of known operations before Spring Cloud Gateway builds an exchange for them, runs them through their
 * pipeline, and writes the reply; everything else goes on to the gateway. The only class that sees both worlds.
 */
public final class SessionCallHandler implements HttpHandler {
    private final Supplier<ServingSnapshot> serving;
    private final RequestBody bodies;
    private final ReplyWriter writer;
    private final HttpHandler gateway;

    SessionCallHandler(Supplier<ServingSnapshot> serving, RequestBody bodies, ReplyWriter writer, HttpHandler gateway) {
        this.serving = serving;
        this.bodies = bodies;
        this.writer = writer;
        this.gateway = gateway;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        HttpServerRequest incoming = ServerHttpRequestDecorator.getNativeRequest(request);
        String path = RequestShape.path(incoming.uri());
        ServingSnapshot served = serving.get();
        @Nullable Match match = served.routes().find(path);
        if (match == null) {
            // Spring would answer a preflight (Fetch, 4.8) itself: 403, without a word
            incoming.requestHeaders().remove(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
            return gateway.handle(request, new NoBareErrors(response))
                    .contextWrite(context -> context.put(ServingSnapshot.class, served));
        }
        HttpServerResponse outgoing = ServerHttpResponseDecorator.getNativeResponse(response);
        return answered(match, served, incoming, outgoing);
    }

    private Mono<Void> answered(
            Match match, ServingSnapshot served, HttpServerRequest incoming, HttpServerResponse outgoing) {
        long start = System.nanoTime();
        incoming.withConnection(
                connection -> LoopScheduler.enter(connection.channel().eventLoop()));
        Headers headers = new NettyHeaders(incoming.requestHeaders());
        var about = new RefusedCall(match.route().operation().id(), headers, start);
        @Nullable Rejection problem = problem(match, incoming, headers);
        if (problem != null) {
            return refusedUnread(problem, match, served, about, outgoing);
        }
        return body(match, incoming, headers)
                .onErrorMap(Unread::new)
                .flatMap(bytes -> match.route().pipeline().send(call(match, served, incoming, headers, bytes)))
                .onErrorResume(failure -> failed(failure, outgoing))
                .flatMap(reply -> writer.write(reply, about, served, outgoing));
    }

    private Mono<byte[]> body(Match match, HttpServerRequest incoming, Headers headers) {
        return match.route().operation().hasBody() ? bodies.read(incoming, headers) : bodies.skip(incoming, headers);
    }

    private @Nullable Rejection problem(Match match, HttpServerRequest incoming, Headers headers) {
        String method = match.route().operation().method();
        if (!incoming.method().name().equals(method)) {
            return Rejection.of(Reason.METHOD_NOT_ALLOWED, "This operation takes " + method + " only.");
        }
        return match.route().operation().hasBody() ? bodies.problem(headers) : null;
    }

    /** The body was not read, so where the next request begins is not worth finding out. */
    private Mono<Void> refusedUnread(
            Rejection problem, Match match, ServingSnapshot served, RefusedCall about, HttpServerResponse outgoing) {
        outgoing.header(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (problem.reason() == Reason.METHOD_NOT_ALLOWED) {
            outgoing.header(HttpHeaderNames.ALLOW, match.route().operation().method());
        }
        return writer.write(new Refusal(problem), about, served, outgoing);
    }

    /** Reading the body failed, or there is a bug: the pipeline turns its own failures into refusals. */
    private Mono<Reply> failed(Throwable failure, HttpServerResponse outgoing) {
        outgoing.header(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE); // the rest of the body is not read
        @Nullable Rejection rejection = failure instanceof Unread unread ? bodies.rejection(unread.why) : bug(failure);
        return rejection == null ? Mono.empty() : Mono.just(new Refusal(rejection));
    }

    /** What is thrown anywhere but in reading the body says nothing of the caller. */
    static Rejection bug(Throwable bug) {
        return Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway; the call was not answered.")
                .because(bug);
    }

    /** Internal signal: tells failures of reading from those of what comes after it. */
    private static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Throwable why;

        Unread(Throwable why) {
            super("the body was not read", why, false, false);
            this.why = why;
        }
    }

    private static Call call(
            Match match, ServingSnapshot served, HttpServerRequest incoming, Headers headers, byte[] body) {
        Operation operation = match.route().operation();
        String target = operation.query() == Query.IGNORE ? RequestShape.path(incoming.uri()) : incoming.uri();
        Headers endToEnd =
                EndToEnd.ofCaller(headers, served.ours(), match.route().credentials());
        @Nullable String project = project(match, served.routes(), headers);
        return Call.of(
                operation.id(),
                new RequestLine(operation.method(), target),
                endToEnd,
                body,
                new Caller(project, address(incoming)));
    }

    /** Where both path and credentials name projects, a call that names two names none. */
    private static @Nullable String project(Match match, Routes routes, Headers headers) {
        @Nullable String inPath = match.project();
        if (inPath != null && !routes.credentialsNameProjects()) {
            return inPath;
        }
        @Nullable String inCredentials = BasicCredentials.userName(headers);
        boolean agree = inPath == null || inCredentials == null || inPath.equals(inCredentials);
        if (!agree) {
            return null;
        }
        return inPath == null ? inCredentials : inPath;
    }

    private static String address(HttpServerRequest incoming) {
        var address = incoming.remoteAddress();
        return address == null || address.getAddress() == null
                ? ""
                : address.getAddress().getHostAddress();
    }
}

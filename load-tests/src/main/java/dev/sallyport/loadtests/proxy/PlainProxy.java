package dev.sallyport.loadtests.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.reactivestreams.Publisher;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Forwards everything to one upstream as Reactor Netty's documentation shows it: {@code PORT URL}. */
public final class PlainProxy {
    private final HttpClient client = HttpClient.create();
    private final String upstream;

    private PlainProxy(String upstream) {
        this.upstream = upstream;
    }

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        var proxy = new PlainProxy(arguments[1]);
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .handle(proxy::forward)
                .bindNow()
                .onDispose()
                .block();
    }

    private Publisher<Void> forward(HttpServerRequest incoming, HttpServerResponse outgoing) {
        return client.headers(headers -> headers.set(incoming.requestHeaders()).remove(HttpHeaderNames.HOST))
                .request(incoming.method())
                .uri(upstream + incoming.uri())
                .send(incoming.receive().retain())
                .response((reply, body) -> outgoing.status(reply.status())
                        .headers(reply.responseHeaders())
                        .send(body.retain()));
    }
}

package dev.sallyport.gateway.provider;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.http.CappedBody;
import dev.sallyport.gateway.http.NettyHeaders;
import dev.sallyport.telemetry.FingerprintFetch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Asks the provider's fingerprinting, with nothing of the call but its credentials. */
public final class FingerprintOverHttp implements FingerprintFetch {
    private static final int LARGEST = 256 * 1024;

    private final HttpClient.RequestSender sender;

    /**
     * A fetcher with a pool of its own.
     *
     * @param baseUrl without a slash at the end
     */
    public FingerprintOverHttp(HttpClient client, URI baseUrl, Operation operation) {
        this.sender =
                client.request(HttpMethod.valueOf(operation.method())).uri(URI.create(baseUrl + operation.path()));
    }

    @Override
    public Mono<Answer> fetch(byte[] body, String authorization) {
        return sender.send((request, outbound) -> {
                    HttpHeaders headers = request.requestHeaders();
                    headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
                    headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
                    headers.set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON);
                    headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
                    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
                    return outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
                })
                .response((response, content) -> {
                    Flux<ByteBuf> buffers = content;
                    return CappedBody.of(buffers, LARGEST, -1)
                            .map(bytes -> new Answer(
                                    response.status().code(),
                                    new NettyHeaders(response.responseHeaders()),
                                    bytes,
                                    Timing.NONE))
                            .flux();
                })
                .single();
    }
}

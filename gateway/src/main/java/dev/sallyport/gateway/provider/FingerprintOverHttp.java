package dev.sallyport.gateway.provider;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.telemetry.lookup.FingerprintFetch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/** Asks the provider's fingerprinting, with nothing of the call but its credentials. */
public final class FingerprintOverHttp implements FingerprintFetch {
    private static final int LARGEST = 256 * 1024;

    private final HttpClient.RequestSender sender;
    private final ReplyReading reading;
    private final Supplier<Scheduler> loop;

    /**
     * A fetcher with a pool of its own.
     *
     * @param baseUrl without a slash at the end
     * @param contract of the lookup
     * @param loop the event loop of the current thread
     */
    public FingerprintOverHttp(HttpClient client, URI baseUrl, Contract contract, Supplier<Scheduler> loop) {
        Operation operation = contract.operation();
        this.sender =
                client.request(HttpMethod.valueOf(operation.method())).uri(URI.create(baseUrl + operation.path()));
        this.reading = new ReplyReading(contract);
        this.loop = loop;
    }

    @Override
    public Mono<Answer> fetch(byte[] body, String authorization) {
        return Mono.defer(() -> exchange(body, authorization, new Exchange()).subscribeOn(loop.get()));
    }

    private Mono<Answer> exchange(byte[] body, String authorization, Exchange exchange) {
        return sender.send((request, outbound) -> {
                    exchange.begin(outbound);
                    HttpHeaders headers = request.requestHeaders();
                    headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
                    headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
                    headers.set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON);
                    headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
                    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
                    return outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
                })
                .response((response, content) -> exchange.answer(response, buffers(content), LARGEST, reading))
                .single();
    }

    private static Flux<ByteBuf> buffers(Flux<ByteBuf> content) {
        return content;
    }
}

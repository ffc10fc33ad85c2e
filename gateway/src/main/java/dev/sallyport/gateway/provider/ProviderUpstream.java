package dev.sallyport.gateway.provider;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.rejection.Rejection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

/**
 * The provider, for one operation: sends the very bytes that were checked, and gathers the reply with a cap. Failures come
 * back as refusals; a {@link Timing} that was never set says that nothing left this process.
 */
public final class ProviderUpstream implements Upstream<ReadCall> {
    private final Operation operation;
    private final HttpClient.@Nullable RequestSender fixed;
    private final HttpClient client;
    private final HttpMethod method;
    private final String baseUrl;
    private final int replyLimit;
    private final ReplyReading reading;
    private final ProviderFailures failures;
    private final Supplier<Scheduler> loop;

    /**
     * The operation of a contract.
     *
     * @param baseUrl without a slash at the end
     * @param replyLimit bytes of a reply's body
     * @param reading reads replies while their connection is held
     * @param loop the event loop of the current thread
     */
    public ProviderUpstream(
            Contract contract,
            HttpClient client,
            String baseUrl,
            int replyLimit,
            ReplyReading reading,
            Supplier<Scheduler> loop) {
        this.operation = contract.operation();
        this.client = client;
        this.baseUrl = baseUrl;
        this.method = HttpMethod.valueOf(operation.method());
        this.fixed =
                operation.namesProject() ? null : client.request(method).uri(URI.create(baseUrl + operation.path()));
        this.replyLimit = replyLimit;
        this.reading = reading;
        this.failures = new ProviderFailures(operation, replyLimit);
        this.loop = loop;
    }

    /**
     * A turn of the event loop lies between the call and the connection that it takes: by then, connections on which something
     * arrived that was not asked for are closed.
     */
    @Override
    public Mono<Reply> send(ReadCall read) {
        Call call = read.call();
        return Mono.defer(() -> exchange(call, new Exchange()).subscribeOn(loop.get()));
    }

    private Mono<Reply> exchange(Call call, Exchange exchange) {
        return sender(call)
                .send((request, outbound) -> {
                    exchange.begin(outbound);
                    writeHeaders(call, request);
                    return operation.hasBody()
                            ? outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(call.body())))
                            : outbound;
                })
                .response((response, body) -> exchange.answer(response, buffers(body), replyLimit, reading))
                .<Reply>cast(Reply.class)
                .single()
                .onErrorResume(failure -> failed(failure, exchange));
    }

    private static Flux<ByteBuf> buffers(Flux<ByteBuf> body) {
        return body;
    }

    private Mono<Reply> failed(Throwable failure, Exchange exchange) {
        @Nullable Rejection rejection = failures.rejection(failure, exchange);
        return rejection == null
                ? Mono.error(failure)
                : Mono.just(new Refusal(rejection.because(failure), exchange.timing()));
    }

    /** A query, or a path that names a project, goes on as the caller wrote it; the plain path was parsed beforehand. */
    private HttpClient.RequestSender sender(Call call) {
        boolean plain = fixed != null && call.target().equals(operation.path());
        return plain ? Objects.requireNonNull(fixed) : request().uri(baseUrl + call.target());
    }

    private HttpClient.RequestSender request() {
        return client.request(method);
    }

    private void writeHeaders(Call call, HttpClientRequest request) {
        HttpHeaders headers = request.requestHeaders();
        headers.remove(HttpHeaderNames.USER_AGENT).remove(HttpHeaderNames.ACCEPT);
        call.headers().forEach(headers::add);
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        if (operation.hasBody()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
        }
    }

    @Override
    public String toString() {
        return "provider(" + operation.method() + " " + operation.path() + ")";
    }
}

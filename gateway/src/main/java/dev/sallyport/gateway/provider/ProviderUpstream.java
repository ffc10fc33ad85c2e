package dev.sallyport.gateway.provider;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.http.BodyTooLarge;
import dev.sallyport.gateway.http.CappedBody;
import dev.sallyport.gateway.http.HopByHop;
import dev.sallyport.gateway.http.NettyHeaders;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * The provider, for one operation: sends the very bytes that were checked, and gathers the reply with a cap. Failures come
 * back as refusals; a {@link Timing} that was never set says that nothing left this process.
 */
public final class ProviderUpstream implements Upstream {
    private static final Duration POOL_RETRY = Duration.ofSeconds(1);

    private final Operation operation;
    private final HttpClient.@Nullable RequestSender fixed;
    private final HttpClient client;
    private final HttpMethod method;
    private final String baseUrl;
    private final int replyLimit;
    private final Set<String> credentials;

    /**
     * The operation of a contract.
     *
     * @param baseUrl without a slash at the end
     * @param replyLimit bytes of a reply's body
     */
    public ProviderUpstream(Contract contract, HttpClient client, String baseUrl, int replyLimit) {
        this.operation = contract.operation();
        this.credentials = contract.knowledge().credentials();
        this.client = client;
        this.baseUrl = baseUrl;
        this.method = HttpMethod.valueOf(operation.method());
        this.fixed =
                operation.namesProject() ? null : client.request(method).uri(URI.create(baseUrl + operation.path()));
        this.replyLimit = replyLimit;
    }

    @Override
    public Mono<Reply> send(Call call) {
        return Mono.defer(() -> exchange(call, new Exchange()));
    }

    /** When this one exchange left; written and read on its event loop. */
    private static final class Exchange {
        private long sent;

        Timing timing() {
            return sent == 0 ? Timing.NONE : new Timing(sent, System.nanoTime());
        }
    }

    private Mono<Reply> exchange(Call call, Exchange exchange) {
        return sender(call)
                .send((request, outbound) -> {
                    exchange.sent = System.nanoTime();
                    writeHeaders(call, request);
                    return operation.hasBody()
                            ? outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(call.body())))
                            : outbound;
                })
                .response((response, body) -> gathered(response, body, exchange))
                .single()
                .onErrorResume(failure -> Mono.just(new Refusal(rejection(failure, exchange), exchange.timing())));
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
        HopByHop hops = HopByHop.of(call.headers(), credentials);
        call.headers().forEach((name, value) -> {
            if (hops.passesOn(name)) {
                headers.add(name, value);
            }
        });
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        if (operation.hasBody()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
        }
    }

    private Flux<Reply> gathered(HttpClientResponse response, ByteBufFlux body, Exchange exchange) {
        HttpHeaders headers = response.responseHeaders();
        boolean delimited =
                headers.contains(HttpHeaderNames.CONTENT_LENGTH) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        int status = response.status().code();
        if (!delimited && status >= 200 && status < 300 && status != 204) {
            return Flux.error(new NotDelimited());
        }
        Flux<ByteBuf> buffers = body;
        return CappedBody.of(buffers, replyLimit, announced(headers))
                .<Reply>map(bytes -> new Answer(status, new NettyHeaders(headers), bytes, exchange.timing()))
                .flux();
    }

    private static long announced(HttpHeaders headers) {
        @Nullable String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    /** Internal signal: a reply that ends when the connection does cannot be told from one that was cut short. */
    private static final class NotDelimited extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotDelimited() {
            super("neither Content-Length nor chunked", null, false, false);
        }
    }

    private Rejection rejection(Throwable failure, Exchange exchange) {
        if (failure instanceof BodyTooLarge) {
            return broken("size", "must not be larger than " + replyLimit + " bytes");
        }
        if (failure instanceof NotDelimited) {
            return broken("framing", "must say how long it is");
        }
        if (failure instanceof PoolAcquireTimeoutException || failure instanceof PoolAcquirePendingLimitException) {
            String message = "All connections to the provider are in use. Try again in a second.";
            return Rejection.retryLater(Reason.OVERLOADED, message, POOL_RETRY);
        }
        boolean neverLeft = exchange.sent == 0 || isBeforeSending(failure);
        exchange.sent = neverLeft ? 0 : exchange.sent;
        String message = neverLeft
                ? "The provider cannot be reached. The call was not made."
                : "The connection to the provider broke before it had answered. It may have carried out the call.";
        return Rejection.of(Reason.PROVIDER_UNREACHABLE, message);
    }

    private static boolean isBeforeSending(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException;
    }

    private Rejection broken(String keyword, String expected) {
        var violation = new Violation("", keyword, operation.id() + "#reply/" + keyword, expected, null);
        String message = "The provider's reply breaks its contract, so it was not passed on.";
        return Rejection.of(Reason.REPLY_BREAKS_CONTRACT, message, List.of(violation));
    }

    @Override
    public String toString() {
        return "provider(" + operation.method() + " " + operation.path() + ")";
    }
}

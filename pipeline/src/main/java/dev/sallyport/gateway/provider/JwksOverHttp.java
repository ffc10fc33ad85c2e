package dev.sallyport.gateway.provider;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.form.JsonMediaType;
import dev.sallyport.gateway.body.BodyTooLarge;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.ReplyReader;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.connection.Target;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFault;
import dev.sallyport.token.keys.fetch.JwksFetch;
import dev.sallyport.trace.SpanKeys;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Fetches JWKS documents, without credentials: they are public. The caller of this sets the time that a fetch may take. */
public final class JwksOverHttp implements JwksFetch {
    private static final int LARGEST = 256 * 1024;

    private static final ReplyReader<Fetched> READER = new KeysReader();

    private final ConnectionPool connections;
    private final JwksAddresses addresses;

    /** A fetcher with connections of its own. */
    public JwksOverHttp(ConnectionPool connections, JwksAddresses addresses) {
        this.connections = connections;
        this.addresses = addresses;
    }

    @Override
    public Mono<Fetched> fetch(Issuer issuer) {
        return fetch(issuer, CallSpan.NONE);
    }

    @Override
    public Mono<Fetched> fetch(Issuer issuer, CallSpan span) {
        return Mono.defer(() -> {
                    URI address = URI.create(addresses.of(issuer));
                    if (span.isRecorded()) {
                        new RequestSpans(Target.of(address), null).describe(span, "GET");
                        span.put(SpanKeys.OPERATION, issuer.jwks().id());
                    }
                    return connections.send(new Exchange<>(RequestSpans.told(request(address), span), LARGEST, READER));
                })
                .onErrorResume(BodyTooLarge.class, large -> Mono.just(new FetchRefused(FetchFault.TOO_LARGE)));
    }

    private static Request request(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        @Nullable String query = address.getRawQuery();
        Request request = Request.of(Target.of(address), HttpMethod.GET, query == null ? path : path + "?" + query);
        request.headers()
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
                .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.USER_AGENT, "sallyport");
        return request;
    }

    /** A fault shows in the head; a document is looked into by those who asked for it. */
    private static final class KeysReader implements ReplyReader<Fetched> {
        @Override
        public @Nullable Fetched ofHead(int status, HttpHeaders headers) {
            return fault(status, new NettyHeaders(headers))
                    .map(FetchRefused::new)
                    .orElse(null);
        }

        @Override
        public Fetched ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing) {
            return document(body, headers);
        }

        @Override
        public boolean isInDoubt(Fetched fetched) {
            return false;
        }
    }

    private static Fetched document(byte[] bytes, HttpHeaders headers) {
        @Nullable
        Duration maxAge = MaxAge.of(headers.getAll(HttpHeaderNames.CACHE_CONTROL), headers.get(HttpHeaderNames.AGE))
                .orElse(null);
        return new Document(bytes, maxAge);
    }

    /** What is wrong with a reply before its body is read; empty if nothing is. */
    static Optional<FetchFault> fault(int status, Headers headers) {
        if (status != 200) {
            boolean isRefusal = status >= 400 && status < 500 && status != 408 && status != 429;
            return Optional.of(isRefusal ? FetchFault.NOT_PUBLISHED : FetchFault.BAD_STATUS);
        }
        if (!JsonMediaType.isPlain(headers)) {
            return Optional.of(FetchFault.CONTENT_ENCODING);
        }
        return isJson(headers.first("content-type")) ? Optional.empty() : Optional.of(FetchFault.WRONG_MEDIA_TYPE);
    }

    /** {@code application/json}, {@code application/jwk-set+json} (RFC 7517, 8.5.2), or anything else that ends in +json. */
    private static boolean isJson(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}

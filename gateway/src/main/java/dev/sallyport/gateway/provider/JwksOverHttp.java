package dev.sallyport.gateway.provider;

import dev.sallyport.call.Headers;
import dev.sallyport.contract.form.JsonMediaType;
import dev.sallyport.gateway.http.BodyTooLarge;
import dev.sallyport.gateway.http.CappedBody;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFault;
import dev.sallyport.token.keys.fetch.JwksFetch;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Fetches JWKS documents, without credentials: they are public. The caller of this sets the time that a fetch may take. */
public final class JwksOverHttp implements JwksFetch {
    private static final int LARGEST = 256 * 1024;

    private final HttpClient client;
    private final JwksAddresses addresses;

    /** A fetcher with a client of its own. */
    public JwksOverHttp(HttpClient client, JwksAddresses addresses) {
        this.client = client.headers(headers -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
                .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON));
        this.addresses = addresses;
    }

    @Override
    public Mono<Fetched> fetch(Issuer issuer) {
        return client.get()
                .uri(addresses.of(issuer))
                .response((response, body) -> fetched(response, body).flux())
                .single()
                .onErrorResume(BodyTooLarge.class, large -> Mono.just(new FetchRefused(FetchFault.TOO_LARGE)));
    }

    private static Mono<Fetched> fetched(HttpClientResponse response, Flux<ByteBuf> body) {
        Optional<FetchFault> fault = fault(response.status().code(), new NettyHeaders(response.responseHeaders()));
        return fault.isPresent()
                ? Mono.just(new FetchRefused(fault.get()))
                : CappedBody.of(body, LARGEST, -1).map(bytes -> document(bytes, response.responseHeaders()));
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

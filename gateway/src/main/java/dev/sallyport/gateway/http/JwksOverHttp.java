package dev.sallyport.gateway.http;

import dev.sallyport.token.JwksFetch;
import dev.sallyport.token.KeySource.Issuer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Fetches JWKS documents from the provider, without credentials: they are public. */
public final class JwksOverHttp implements JwksFetch {
    private static final int LARGEST = 256 * 1024;

    private final HttpClient client;
    private final String baseUrl;
    private final Duration timeout;

    /**
     * A fetcher with a pool of its own.
     *
     * @param baseUrl without a slash at the end
     * @param timeout for the whole of a fetch
     */
    public JwksOverHttp(HttpClient client, String baseUrl, Duration timeout) {
        this.client =
                client.headers(headers -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY));
        this.baseUrl = baseUrl;
        this.timeout = timeout;
    }

    @Override
    public Mono<String> fetch(Issuer issuer) {
        return client.get()
                .uri(baseUrl + issuer.jwks().pathFor(issuer.project()))
                .response((response, body) -> response.status().equals(HttpResponseStatus.OK)
                        ? CappedBody.of(body, LARGEST, -1).flux()
                        : reactor.core.publisher.Flux.<byte[]>error(
                                new JwksRefused(response.status().code())))
                .single()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .timeout(timeout);
    }

    /** The provider answered with something else than its keys. */
    private static final class JwksRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JwksRefused(int status) {
            super("status " + status, null, false, false);
        }
    }
}

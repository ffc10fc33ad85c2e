package dev.sallyport.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Fetches published keys over HTTP and remembers them until a token names a key that is not among them. */
public final class JwksSource {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final Map<String, JWKSet> remembered = new ConcurrentHashMap<>();

    public JwksSource(HttpClient client) {
        this.client = client;
    }

    Mono<JWKSet> keys(String url, String keyId) {
        JWKSet known = remembered.getOrDefault(url, new JWKSet());
        return known.getKeyByKeyId(keyId) != null ? Mono.just(known) : fetch(url);
    }

    private Mono<JWKSet> fetch(String url) {
        return client.get()
                .uri(url)
                .responseSingle((head, body) -> body.asByteArray().map(JwksSource::parse))
                .timeout(PATIENCE)
                .doOnNext(keys -> remembered.put(url, keys))
                .onErrorMap(failure -> Refusal.of(ErrorType.TRUSTED_TOKEN_PROFILE_INVALID_REQUEST));
    }

    private static JWKSet parse(byte[] body) {
        try {
            return JWKSet.parse(new String(body, UTF_8));
        } catch (ParseException garbage) {
            throw new IllegalArgumentException(garbage);
        }
    }
}

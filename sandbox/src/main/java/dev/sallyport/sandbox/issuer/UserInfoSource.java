package dev.sallyport.sandbox.issuer;

import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks an OpenID Connect UserInfo endpoint whom a foreign session token belongs to, as the provider does when it migrates
 * a session: the token as the bearer, an e-mail address wanted.
 */
public final class UserInfoSource {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7E]+");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final HttpClient client;
    private final Supplier<URI> endpoint;

    /** The address is asked for when it is needed: the sandbox's own is known only after the start. */
    public UserInfoSource(HttpClient client, Supplier<URI> endpoint) {
        this.client = client;
        this.endpoint = endpoint;
    }

    /** Returns the e-mail address, or refuses with one of the documented migration errors. */
    public Mono<String> emailOf(String foreignToken) {
        if (!HEADER_SAFE.matcher(foreignToken).matches()) {
            return Mono.error(Refusal.of(ErrorType.INVALID_SESSION_TOKEN));
        }
        return client.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + foreignToken)
                        .set(HttpHeaderNames.ACCEPT, "application/json"))
                .get()
                .uri(endpoint.get().toString())
                .responseSingle((head, body) -> body.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(bytes -> email(head.status().code(), bytes)))
                .timeout(PATIENCE)
                .onErrorMap(failure -> !(failure instanceof Refusal), failure -> unexpected());
    }

    private static String email(int status, byte[] body) {
        if (status != 200) {
            throw unexpected();
        }
        JsonNode email = read(body).path("email");
        if (!email.isString() || !EMAIL.matcher(email.stringValue()).matches()) {
            throw Refusal.of(ErrorType.MIGRATE_FROM_EXTERNAL_MISSING_USERINFO);
        }
        return email.stringValue();
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode claims = Json.parse(body);
            if (claims.isObject()) {
                return claims;
            }
        } catch (IOException | JacksonException garbage) {
            throw unexpected();
        }
        throw unexpected();
    }

    private static Refusal unexpected() {
        return Refusal.of(ErrorType.MIGRATE_FROM_EXTERNAL_UNEXPECTED_RESPONSE);
    }
}

package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which header fields end here. Those that concern one connection (RFC 9110, 7.6.1), those that the gateway writes itself,
 * and those that a client must not tell a provider through us. A caller cannot have its own credential removed by naming it
 * in {@code Connection}.
 */
final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length");
    private static final Set<String> OF_REQUESTS = Set.of(
            "host",
            "expect",
            "cookie",
            "accept-encoding",
            "content-type",
            "content-encoding",
            "forwarded",
            "http2-settings");
    private static final Set<String> NEVER = Set.of("authorization", "content-type", "content-encoding");

    private final Set<String> named;

    private HopByHop(Set<String> named) {
        this.named = named;
    }

    /** The fields that end here for one message. */
    static HopByHop of(Headers headers) {
        @Nullable String connection = headers.first("connection");
        return connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")
                ? new HopByHop(Set.of())
                : new HopByHop(names(connection));
    }

    private static Set<String> names(String connection) {
        return Stream.of(connection.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !NEVER.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a request's field goes on to the provider. */
    boolean passesOn(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return passesBack(lower) && !OF_REQUESTS.contains(lower) && !lower.startsWith("x-forwarded-");
    }

    /** Whether a reply's field goes back to the caller. */
    boolean passesBack(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !ALWAYS.contains(lower) && !named.contains(lower);
    }
}

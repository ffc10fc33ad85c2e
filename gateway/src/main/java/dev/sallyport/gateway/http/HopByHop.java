package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which header fields end here. Those that concern one connection (RFC 9110, 7.6.1), those that the gateway writes itself,
 * and those that a client must not tell a provider through us. A caller cannot have a credential removed, its own or
 * that of a member for whom it acts, by naming it in {@code Connection}.
 */
public final class HopByHop {
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

    /** The fields that end here for one reply, whichever {@code Connection} line names them. */
    public static HopByHop of(Headers headers) {
        return of(headers, Set.of());
    }

    /**
     * The fields that end here for one message.
     *
     * @param credentials names in lower case; these never do
     */
    public static HopByHop of(Headers headers, Set<String> credentials) {
        if (headers.first("connection") == null) {
            return new HopByHop(Set.of());
        }
        Set<String> named = new HashSet<>();
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("connection")) {
                add(named, value, credentials);
            }
        });
        return new HopByHop(named);
    }

    private static void add(Set<String> named, String options, Set<String> credentials) {
        for (String option : options.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = option.strip();
            if (!NEVER.contains(name) && !credentials.contains(name)) {
                named.add(name);
            }
        }
    }

    /** Whether a request's field goes on to the provider. */
    public boolean passesOn(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return passesBack(lower) && !OF_REQUESTS.contains(lower) && !lower.startsWith("x-forwarded-");
    }

    /** Whether a reply's field goes back to the caller. */
    public boolean passesBack(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !ALWAYS.contains(lower) && !named.contains(lower);
    }
}

package dev.sallyport.gateway.http.header;

import dev.sallyport.call.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message that go beyond one connection; all others end here, before a filter sees them or adds its own, so
 * that neither side can name what the gateway writes. Left out are fields of one connection (RFC 9110, 7.6.1) and those that
 * {@code Connection} names, those that only the gateway may write, and of a caller's also what must not reach a provider
 * through us. A caller cannot have a credential left out, its own or that of a member for whom it acts, nor the key of a
 * call that is made once, by naming it in {@code Connection}. A view, like the headers that it is of.
 */
public final class EndToEnd implements Headers {
    /** How long a caller waits, in milliseconds. It is said to the gateway, and what is left by then is another time. */
    public static final String TIMEOUT = "x-request-timeout-ms";

    private static final Set<String> HOP_BY_HOP = Set.of(
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
    private static final Set<String> NEVER_ASKED = Set.of(
            "host",
            "expect",
            "cookie",
            "accept-encoding",
            "content-type",
            "content-encoding",
            "forwarded",
            "http2-settings",
            TIMEOUT,
            "x-http-method-override", // some servers take these for the method or the path of a request
            "x-http-method",
            "x-method-override",
            "x-method",
            "x-original-method",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url");
    private static final Set<String> NEVER_NAMED =
            Set.of("authorization", "content-type", "content-encoding", "idempotency-key");

    private final Headers base;
    private final Set<String> ours;
    private final Set<String> named;
    private final boolean asked;

    private EndToEnd(Headers base, Set<String> ours, Set<String> named, boolean asked) {
        this.base = base;
        this.ours = ours;
        this.named = named;
        this.asked = asked;
    }

    /**
     * A caller's fields, for the provider.
     *
     * @param ours names in lower case, with dashes for underscores, that only the gateway writes
     * @param credentials names in lower case of fields that always go on
     */
    public static Headers ofCaller(Headers base, Set<String> ours, Set<String> credentials) {
        return new EndToEnd(base, ours, named(base, credentials), true);
    }

    /**
     * A provider's fields, for the caller.
     *
     * @param ours names in lower case, with dashes for underscores, that only the gateway writes
     */
    static Headers ofProvider(Headers base, Set<String> ours) {
        return new EndToEnd(base, ours, named(base, Set.of()), false);
    }

    private static Set<String> named(Headers base, Set<String> credentials) {
        if (base.first("connection") == null) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        base.forEach((name, value) -> {
            if (name.equalsIgnoreCase("connection")) {
                add(named, value, credentials);
            }
        });
        return named;
    }

    private static void add(Set<String> named, String options, Set<String> credentials) {
        for (String option : options.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = option.strip();
            if (!NEVER_NAMED.contains(name) && !credentials.contains(name)) {
                named.add(name);
            }
        }
    }

    private boolean passes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !named.contains(lower) && passesAlways(lower.indexOf('_') < 0 ? lower : lower.replace('_', '-'));
    }

    /** @param name in lower case; servers behind a gateway interface (RFC 3875, 4.1.18) cannot tell its dashes from underscores */
    private boolean passesAlways(String name) {
        boolean passes = !HOP_BY_HOP.contains(name) && !ours.contains(name);
        return passes && !(asked && (NEVER_ASKED.contains(name) || name.startsWith("x-forwarded-")));
    }

    @Override
    public @Nullable String first(String name) {
        return passes(name) ? base.first(name) : null;
    }

    @Override
    public void forEach(BiConsumer<String, String> line) {
        base.forEach((name, value) -> {
            if (passes(name)) {
                line.accept(name, value);
            }
        });
    }

    @Override
    public String toString() {
        return base + " end to end";
    }
}

package dev.sallyport.gateway.http.header;

import dev.sallyport.call.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
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
    /** In lower case, what some servers take for the method or the path of a request. */
    public static final Set<String> OVERRIDES = Set.of(
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "x-method",
            "x-original-method",
            "x-original-url",
            "x-original-uri",
            "x-original-path",
            "x-envoy-original-path",
            "x-override-url",
            "x-rewrite-url");

    /** Of a request, what the gateway says itself. */
    private static final Set<String> OURS_TO_SAY = Set.of("host", "expect", "accept-encoding");

    private static final Set<String> NEVER_ASKED =
            Set.of("cookie", "forwarded", "http2-settings", "x-request-id", TIMEOUT);

    /** An operation's body is JSON, and never compressed. */
    private static final Set<String> OF_BODY = Set.of("content-type", "content-encoding");

    private static final Set<String> NEVER_NAMED =
            Set.of("authorization", "content-type", "content-encoding", "idempotency-key");

    private final Headers base;
    private final Set<String> ours;
    private final Set<String> named;
    private final Side side;

    /**
     * Whose fields they are.
     *
     * @param leftOut which of them end here, in lower case
     * @param asks whether they are a caller's
     */
    private record Side(Set<String> leftOut, boolean asks) {
        private static final Side CALLER =
                Side.of(true, List.of(HOP_BY_HOP, NEVER_ASKED, OURS_TO_SAY, OVERRIDES, OF_BODY));
        private static final Side OTHER_CALLER =
                Side.of(true, List.of(HOP_BY_HOP, NEVER_ASKED, OURS_TO_SAY, OVERRIDES));
        private static final Side ROUTE = Side.of(false, List.of(HOP_BY_HOP, OURS_TO_SAY, OVERRIDES));
        private static final Side PROVIDER = Side.of(false, List.of(HOP_BY_HOP));

        private static Side of(boolean asks, List<Set<String>> leftOut) {
            return new Side(leftOut.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet()), asks);
        }

        boolean leavesOut(String name) {
            return leftOut.contains(name) || (asks && name.startsWith("x-forwarded-"));
        }
    }

    private EndToEnd(Headers base, Set<String> ours, Set<String> named, Side side) {
        this.base = base;
        this.ours = ours;
        this.named = named;
        this.side = side;
    }

    /**
     * A caller's fields, for the provider.
     *
     * @param ours names in lower case, with dashes for underscores, that only the gateway writes
     * @param credentials names in lower case of fields that always go on
     */
    public static Headers ofCaller(Headers base, Set<String> ours, Set<String> credentials) {
        return new EndToEnd(base, ours, named(base, credentials), Side.CALLER);
    }

    /**
     * A caller's fields, for the provider, of a call that no contract knows: those of its body go on.
     *
     * @param ours names in lower case, with dashes for underscores, that only the gateway writes
     */
    public static Headers ofOther(Headers base, Set<String> ours) {
        return new EndToEnd(base, ours, named(base, Set.of()), Side.OTHER_CALLER);
    }

    /** What the filters of a route made of such fields. What they added goes on, but for what the connection needs. */
    public static Headers ofRoute(Headers base) {
        return new EndToEnd(base, Set.of(), named(base, Set.of()), Side.ROUTE);
    }

    /**
     * A provider's fields, for the caller.
     *
     * @param ours names in lower case, with dashes for underscores, that only the gateway writes
     */
    public static Headers ofProvider(Headers base, Set<String> ours) {
        return new EndToEnd(base, ours, named(base, Set.of()), Side.PROVIDER);
    }

    private static Set<String> named(Headers base, Set<String> credentials) {
        List<String> lines = base.all("connection");
        if (lines.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        lines.forEach(options -> add(named, options, credentials));
        return named;
    }

    private static void add(Set<String> named, String options, Set<String> credentials) {
        if (options.equalsIgnoreCase("keep-alive")) { // nearly always, and never passed on
            return;
        }
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
        return !side.leavesOut(name) && !ours.contains(name);
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

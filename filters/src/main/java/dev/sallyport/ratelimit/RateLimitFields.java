package dev.sallyport.ratelimit;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.limit.LimitHeaderSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What answers say of limits, as draft-ietf-httpapi-ratelimit-headers-10 has it: {@code "burst";q=100;w=60} and
 * {@code "burst";r=50;t=30}. The only place that knows how its fields and parameters are called, as later drafts may change
 * that. The quota is what a full bucket holds, and the window is how long an empty one takes to fill, so that the time until a
 * bucket is full is never longer than its window.
 */
public final class RateLimitFields {
    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";
    private static final String QUOTA = ";q=";
    private static final String WINDOW = ";w=";
    private static final String REMAINING = ";r=";
    private static final String RESET = ";t=";
    private static final String OLD_LIMIT = "X-RateLimit-Limit";
    private static final String OLD_REMAINING = "X-RateLimit-Remaining";
    private static final String OLD_RESET = "X-RateLimit-Reset";

    private final LimitHeaderSettings settings;
    private final Set<String> names;

    public RateLimitFields(LimitHeaderSettings settings) {
        this.settings = settings;
        this.names = Set.copyOf(names(settings));
    }

    /** The fields that are written by these settings, and by nothing else then. */
    public static List<String> names(LimitHeaderSettings settings) {
        return Stream.of(
                        settings.rateLimit() ? List.of(POLICY, LIMIT) : List.<String>of(),
                        settings.xRateLimit() ? List.of(OLD_LIMIT, OLD_REMAINING, OLD_RESET) : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }

    /** A reply that says how limits stand, after those that it told of before. */
    Reply on(Reply reply, List<Standing> standings) {
        if (names.isEmpty() || standings.isEmpty()) {
            return reply;
        }
        if (reply instanceof Answer answer) {
            Map<String, String> fields = fields(standings, answer.headers()::first);
            return answer.withHeaders(Headers.replaced(answer.headers(), fields.keySet(), fields));
        }
        Refusal refusal = (Refusal) reply;
        Map<String, String> fields = new HashMap<>(refusal.fields());
        fields.putAll(fields(standings, fields::get));
        return refusal.withFields(fields);
    }

    private Map<String, String> fields(List<Standing> standings, Function<String, @Nullable String> told) {
        Map<String, String> fields = new HashMap<>();
        if (settings.rateLimit()) {
            fields.put(POLICY, joined(standings, RateLimitFields::policy, told.apply(POLICY)));
            fields.put(LIMIT, joined(standings, RateLimitFields::limit, told.apply(LIMIT)));
        }
        if (settings.xRateLimit()) {
            tightest(standings, told.apply(OLD_REMAINING), fields);
        }
        return fields;
    }

    private static String joined(List<Standing> standings, Function<Standing, String> written, @Nullable String told) {
        String ours = standings.stream().map(written).collect(Collectors.joining(", "));
        return told == null ? ours : ours + ", " + told;
    }

    private static String policy(Standing standing) {
        Limit limit = standing.limit();
        return quoted(limit.name())
                + QUOTA
                + limit.burst()
                + WINDOW
                + Math.max(1, seconds(limit.nanosFor(limit.burst())));
    }

    private static String limit(Standing standing) {
        return quoted(standing.limit().name()) + REMAINING + standing.left() + RESET + seconds(standing.nanosToFull());
    }

    private static void tightest(List<Standing> standings, @Nullable String told, Map<String, String> fields) {
        long least = told == null ? Long.MAX_VALUE : Long.parseLong(told);
        for (Standing standing : standings) {
            if (standing.left() < least) {
                least = standing.left();
                fields.put(OLD_LIMIT, Long.toString(standing.limit().burst()));
                fields.put(OLD_REMAINING, Long.toString(least));
                fields.put(OLD_RESET, Long.toString(seconds(standing.nanosToFull())));
            }
        }
    }

    private static long seconds(long nanos) {
        long second = Duration.ofSeconds(1).toNanos();
        return (nanos + second - 1) / second;
    }

    /** A string of RFC 9651, which has printable ASCII alone. */
    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder(name.length() + 2).append('"');
        for (int index = 0; index < name.length(); index++) {
            char each = name.charAt(index);
            if (each == '"' || each == '\\') {
                quoted.append('\\');
            }
            quoted.append(each < ' ' || each > '~' ? '_' : each);
        }
        return quoted.append('"').toString();
    }
}

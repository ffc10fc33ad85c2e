package dev.sallyport.kept;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A good reply of the provider's as it is given once more: the bytes that came then, and of the header fields only those that say
 * what they are and how old.
 *
 * @param answer as it came
 * @param age since when
 * @param lifetime how long it is fresh, from when it came
 * @param audience whom it may be given to
 */
public record KeptReply(Answer answer, Duration age, Duration lifetime, Audience audience) {
    /** The header field that says so: {@code fresh} or {@code stale}. */
    public static final String HEADER = "Sallyport-Kept";

    /** How long one that is stale may be used before it is asked for again: some clients take a shorter time for an hour. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String CONTENT_TYPE = "Content-Type";

    /** Whom a reply may be given to. */
    public enum Audience {
        /** Everyone; caches on the way may keep it. */
        PUBLIC,
        /** Those whose credentials it was given to; no cache may. */
        SAME_CREDENTIALS
    }

    /** Whether it is younger than its lifetime. */
    public boolean isFresh() {
        return age.compareTo(lifetime) < 0;
    }

    /** The reply to a call that did not reach the provider, or did in vain. */
    public Answer given() {
        Map<String, String> fields = new LinkedHashMap<>();
        @Nullable String type = answer.headers().first(CONTENT_TYPE);
        if (type != null) {
            fields.put(CONTENT_TYPE, type);
        }
        fields.put("Cache-Control", cacheControl());
        fields.put("Age", Long.toString(Math.max(0, age.toSeconds())));
        fields.put(HEADER, isFresh() ? "fresh" : "stale");
        return new Answer(answer.status(), Headers.of(fields), answer.body(), Timing.NONE, answer.content());
    }

    /** RFC 9111, 5.2.2. */
    private String cacheControl() {
        if (audience == Audience.SAME_CREDENTIALS) {
            return "private, no-cache";
        }
        Duration usable = isFresh() ? lifetime : PAUSE;
        return "public, max-age=" + Math.max(1, usable.toSeconds());
    }
}

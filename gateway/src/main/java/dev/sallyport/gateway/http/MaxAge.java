package dev.sallyport.gateway.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a reply says that it is fresh (RFC 9111, 5.2.2), less the time it has already spent in caches (5.1). */
final class MaxAge {
    private static final String DIRECTIVE = "max-age=";
    private static final int MOST_DIGITS = 9;

    private MaxAge() {}

    /**
     * Empty if it does not say, or says nonsense.
     *
     * @param cacheControl the field's value; null if there is none
     * @param age likewise
     */
    static Optional<Duration> of(@Nullable String cacheControl, @Nullable String age) {
        if (cacheControl == null) {
            return Optional.empty();
        }
        for (String part : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
            String directive = part.strip();
            if (directive.equals("no-store") || directive.equals("no-cache")) {
                return Optional.of(Duration.ZERO);
            }
            if (directive.startsWith(DIRECTIVE)) {
                return seconds(directive.substring(DIRECTIVE.length()))
                        .map(fresh -> fresh.minus(
                                seconds(age == null ? "" : age.strip()).orElse(Duration.ZERO)))
                        .map(left -> left.isNegative() ? Duration.ZERO : left);
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> seconds(String digits) {
        String bare = digits.replace("\"", "");
        boolean isNumber =
                !bare.isEmpty() && bare.length() <= MOST_DIGITS && bare.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Duration.ofSeconds(Long.parseLong(bare))) : Optional.empty();
    }
}

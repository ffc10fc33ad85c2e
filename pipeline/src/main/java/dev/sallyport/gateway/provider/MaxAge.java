package dev.sallyport.gateway.provider;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long a reply says that it is fresh (RFC 9111, 5.2.2), less the time it has already spent in caches (5.1). */
final class MaxAge {
    private static final String DIRECTIVE = "max-age=";
    private static final int MOST_DIGITS = 9;

    private MaxAge() {}

    /**
     * Empty if it does not say, or says nonsense. Of several directives the strictest counts (RFC 9111, 4.2.1).
     *
     * @param cacheControl the field's values
     * @param age its value; null if there is none
     */
    static Optional<Duration> of(List<String> cacheControl, @Nullable String age) {
        Duration spent = seconds(age == null ? "" : age.strip()).orElse(Duration.ZERO);
        return cacheControl.stream()
                .flatMap(field -> Stream.of(field.toLowerCase(Locale.ROOT).split(",", -1)))
                .flatMap(directive -> fresh(directive.strip()).stream())
                .min(Comparator.naturalOrder())
                .map(told -> told.compareTo(spent) > 0 ? told.minus(spent) : Duration.ZERO);
    }

    private static Optional<Duration> fresh(String directive) {
        if (directive.equals("no-store") || directive.equals("no-cache")) {
            return Optional.of(Duration.ZERO);
        }
        return directive.startsWith(DIRECTIVE) ? seconds(directive.substring(DIRECTIVE.length())) : Optional.empty();
    }

    private static Optional<Duration> seconds(String digits) {
        String bare = digits.replace("\"", "");
        boolean isNumber =
                !bare.isEmpty() && bare.length() <= MOST_DIGITS && bare.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Duration.ofSeconds(Long.parseLong(bare))) : Optional.empty();
    }
}

package dev.sallyport.gateway.settings.problem;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** Durations as they may be written under our own keys: with their unit. Spring takes a bare 5 for 5 ms, which was seldom meant. */
public final class Durations {
    private static final Pattern BARE = Pattern.compile("\\s*[+-]?\\d*[.,]?\\d+\\s*");

    private Durations() {}

    public static Duration parse(String written) {
        if (isBare(written)) {
            throw new IllegalArgumentException("a duration without its unit");
        }
        return DurationStyle.detectAndParse(written);
    }

    /** Whether it is a number alone. */
    static boolean isBare(String written) {
        return BARE.matcher(written).matches();
    }
}

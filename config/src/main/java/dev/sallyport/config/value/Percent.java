package dev.sallyport.config.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share, written {@code 20%} or {@code 20}.
 *
 * @param value from 0 to 100
 */
public record Percent(int value) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3})\\s*%?");

    public Percent {
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException("must be between 0% and 100%, was " + value + "%");
        }
    }

    /** Reads what an operator wrote. */
    public static Percent parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException("must be a share such as 20%, was " + text);
        }
        return new Percent(Integer.parseInt(written.group(1)));
    }

    @Override
    public String toString() {
        return value + "%";
    }
}

package dev.sallyport.token;

import java.time.Duration;

/**
 * What an operator says of session tokens.
 *
 * @param skew how far the provider's clock may be off
 * @param maxAge the longest time since a token was issued
 * @param longest the most characters that a token may have
 */
public record TokenLimits(Duration skew, Duration maxAge, int longest) {
    /** How long after its coming a token can pass at most: the clocks may differ when it comes and when it is looked at. */
    public Duration longestLife() {
        return maxAge.plus(skew).plus(skew);
    }
}

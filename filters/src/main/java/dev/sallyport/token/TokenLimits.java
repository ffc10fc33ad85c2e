package dev.sallyport.token;

import java.time.Duration;

/**
 * What an operator says of session tokens.
 *
 * @param skew how far the provider's clock may be off
 * @param maxAge the longest time since a token was issued
 * @param longest the most characters that a token may have
 */
public record TokenLimits(Duration skew, Duration maxAge, int longest) {}

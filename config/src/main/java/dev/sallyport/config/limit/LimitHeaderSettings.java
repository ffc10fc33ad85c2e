package dev.sallyport.config.limit;

import dev.sallyport.config.value.Require;

/**
 * What answers say of the limits that their calls were counted by.
 *
 * @param rateLimit {@code RateLimit-Policy} and {@code RateLimit}; default yes
 * @param xRateLimit the older {@code X-RateLimit-*}, of the limit with the least left; default no
 */
public record LimitHeaderSettings(Boolean rateLimit, Boolean xRateLimit) {
    public LimitHeaderSettings {
        rateLimit = Require.orElse(rateLimit, true);
        xRateLimit = Require.orElse(xRateLimit, false);
    }

    /** All defaults. */
    public static LimitHeaderSettings defaults() {
        return new LimitHeaderSettings(true, false);
    }
}

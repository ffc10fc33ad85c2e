package dev.sallyport.config.contract;

import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * When the replies of an operation suddenly break their schema, the provider has changed, and refusing every reply
 * helps no caller: the schema falls back to {@code report} for a while. Session tokens, their bindings, identity rules and the
 * form of replies never do.
 *
 * @param enabled default true
 * @param share of the window's replies that must have broken the schema; default 50 %
 * @param window default 1 min
 * @param minimum replies in a window before a share means anything; default 20
 * @param hold how long the schema is only reported; default 15 min
 */
public record SafetyCatchSettings(Boolean enabled, Percent share, Duration window, Integer minimum, Duration hold) {
    private static final String KEY = "sallyport.contracts.safety-catch.";

    public SafetyCatchSettings {
        enabled = Require.orElse(enabled, true);
        share = Require.orElse(share, new Percent(50));
        window = Require.orElse(window, Duration.ofMinutes(1));
        minimum = Require.orElse(minimum, 20);
        hold = Require.orElse(hold, Duration.ofMinutes(15));
        Require.between(KEY + "share", share.value(), 1, 100);
        Require.between(KEY + "window", window, Duration.ofSeconds(1), Duration.ofHours(1));
        Require.between(KEY + "minimum", minimum, 1, 1_000_000);
        Require.between(KEY + "hold", hold, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // null means: not given
    public static SafetyCatchSettings defaults() {
        return new SafetyCatchSettings(null, null, null, null, null);
    }
}

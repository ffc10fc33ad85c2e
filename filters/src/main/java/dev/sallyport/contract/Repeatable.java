package dev.sallyport.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** After what a call of an operation may be made once more, beside calls of which nothing left the gateway. */
public enum Repeatable {
    /** After nothing else: to make it twice is to do it twice, or to fail. */
    NEVER,
    /** After the provider said that it has had too many, with one of the errors of the pack's {@code not-carried-out}. */
    RATE_LIMITED,
    /** After any error of the pack's {@code not-carried-out}. */
    NOT_CARRIED_OUT,
    /** After every failure: to make it twice is to do it once. */
    ALWAYS;

    /** As a catalog writes it. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

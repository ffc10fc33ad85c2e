package dev.sallyport.contract.rule;

import dev.sallyport.config.contract.Mode;
import dev.sallyport.rejection.Violation;
import org.jspecify.annotations.Nullable;

/** A check that JSON Schema cannot say: a pure function of what is known of a call. */
public interface Rule {
    /** What violations of this rule call themselves, in place of a schema keyword. */
    String name();

    /** What a broken rule leads to unless the settings say otherwise. */
    Mode defaultMode();

    /** Whether there is nothing to ask without the claims of a verified session token. */
    boolean needsToken();

    /** The violation, or null. */
    @Nullable
    Violation check(Facts facts);
}

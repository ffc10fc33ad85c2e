package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import java.util.Set;

/** The languages in which a passcode can be sent. */
public final class Locales {
    /** The documented ones, those that newer SDKs add, and the four that two SDKs spell without a hyphen. */
    private static final Set<String> KNOWN = Set.of(
            "en", "es", "pt-br", "fr", "it", "de-DE", "zh-Hans", "ca-ES", "ja", "ru", "nl", "pl", "tr", "fa", "vi",
            "cs", "ptbr", "deDE", "zhHans", "caES");

    private Locales() {}

    public static void check(Fields fields) {
        if (fields.text("locale").filter(locale -> !KNOWN.contains(locale)).isPresent()) {
            throw Refusal.of(ErrorType.INVALID_LOCALE);
        }
    }
}

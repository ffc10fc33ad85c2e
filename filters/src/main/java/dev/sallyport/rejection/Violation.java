package dev.sallyport.rejection;

import org.jspecify.annotations.Nullable;

/**
 * One place where a document departs from its contract. Holds pointers and names, never a value of the document.
 *
 * @param at JSON Pointer (RFC 6901) into the document; the empty string is the whole of it
 * @param keyword the schema keyword or the rule that was broken
 * @param contractPointer where the contract says so: file and JSON Pointer, known before any call and so fit for a metric
 *     label
 * @param message what was expected, for a person
 * @param errorType the provider's own error type for the case, if it has one
 */
public record Violation(
        String at,
        String keyword,
        String contractPointer,
        String message,
        @Nullable String errorType) {
    /** The same violation in other words. */
    public Violation withMessage(String words) {
        return new Violation(at, keyword, contractPointer, words, errorType);
    }

    /** The same violation under the provider's own name for it. */
    public Violation withErrorType(@Nullable String type) {
        return type == null ? this : new Violation(at, keyword, contractPointer, message, type);
    }
}

package dev.sallyport.token;

import dev.sallyport.call.Reading.Document;

/** What {@link TokenCheck} says of a token. */
sealed interface TokenVerdict {
    /** Signed by the provider, for this project, and valid now. */
    record Verified(Document claims) implements TokenVerdict {}

    /** Not to be let through. */
    record Refused(TokenFault fault) implements TokenVerdict {}
}

package dev.sallyport.token;

import dev.sallyport.call.Reading.Document;

/** What {@link TokenCheck} says of a token. */
sealed interface TokenVerdict {
    /** Signed by the provider, for this project, and valid now. */
    record Verified(Document claims) implements TokenVerdict {}

    /** In order so far, but signed with a key that is not in the set. Not to be let through unless a newer set has it. */
    record KeyWanted(String keyId) implements TokenVerdict {}

    /** Not to be let through. */
    record Untrusted(TokenFault fault) implements TokenVerdict {}
}

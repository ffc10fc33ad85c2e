package dev.sallyport.token.keys;

import java.util.Locale;

/** Why a published key is not used. The label is a log's and an endpoint's; it says nothing of the key. */
public enum KeyFlaw {
    /** It is no JWK, or a broken one. */
    UNREADABLE,
    /** Its private half is published with it, so that a reader of the set could sign. */
    PRIVATE,
    /** It has no key id, or one that is too long. */
    UNNAMED,
    /** It is for something else than the contract's algorithm, or too small or too large for it. */
    UNSUITED,
    /** Another key has the same id. */
    SHARED_ID,
    /** There are too many before it. */
    SURPLUS;

    /** As logs and endpoints have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

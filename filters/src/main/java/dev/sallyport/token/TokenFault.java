package dev.sallyport.token;

import java.util.Locale;

/** Why a session token is refused. The label is a metric's and a log's; it says nothing of the token's contents. */
public enum TokenFault {
    MALFORMED,
    TOO_LARGE,
    WRONG_ALGORITHM,
    WRONG_TYPE,
    CRITICAL_HEADER,
    KEY_IN_HEADER,
    UNSUPPORTED_HEADER,
    NO_KEY_ID,
    UNKNOWN_KEY,
    BAD_SIGNATURE,
    CLAIMS_BREAK_CONTRACT,
    WRONG_ISSUER,
    WRONG_AUDIENCE,
    EXTRA_AUDIENCE,
    EXPIRED,
    NOT_YET_VALID,
    ISSUED_IN_FUTURE,
    LIVES_TOO_LONG,
    TOO_OLD,
    NOT_BOUND,
    NO_DOCUMENT,
    NO_PROJECT;

    /** The value of the metric's {@code result} label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

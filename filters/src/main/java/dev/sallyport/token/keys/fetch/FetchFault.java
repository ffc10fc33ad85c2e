package dev.sallyport.token.keys.fetch;

import java.util.Locale;

/** Why what came of a key fetch is not used. The label is a metric's and a log's; it says nothing of what came. */
public enum FetchFault {
    /** There was no answer, or the connection broke. */
    UNREACHABLE,
    TIMED_OUT,
    /** The provider says that there is nothing here for this project: 4xx, but neither 408 nor 429. */
    NOT_PUBLISHED,
    /** Any other status than 200; redirects are not followed. */
    BAD_STATUS,
    WRONG_MEDIA_TYPE,
    /** It is compressed, which was not asked for. */
    CONTENT_ENCODING,
    TOO_LARGE,
    EMPTY,
    /** Not strict JSON, or no object with a list of keys. */
    NOT_A_KEY_SET,
    NO_SIGNING_KEY,
    /** No signing key but such as are published with their private half. */
    PRIVATE_KEY;

    /** As metrics and logs have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

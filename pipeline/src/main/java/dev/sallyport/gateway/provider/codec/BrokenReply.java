package dev.sallyport.gateway.provider.codec;

import org.jspecify.annotations.Nullable;

/** Internal signal: a reply whose form is in doubt, so that nothing of it may be believed. */
public final class BrokenReply extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String keyword;

    /**
     * A reply in doubt.
     *
     * @param keyword what is in doubt, as violations name it: {@code framing}, {@code headers}, {@code status}
     * @param expected what a reply must be; never a value
     */
    BrokenReply(String keyword, String expected, @Nullable Throwable cause) {
        super(expected, cause, false, false);
        this.keyword = keyword;
    }

    BrokenReply(String keyword, String expected) {
        this(keyword, expected, null);
    }

    /** What is in doubt, as violations name it. */
    public String keyword() {
        return keyword;
    }

    /** What a reply must be, as a violation says it. */
    public String expected() {
        return String.valueOf(getMessage());
    }
}

package dev.sallyport.capture.replay;

/** A line that is no captured call; says why, without a value. */
public final class UnreadableLine extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableLine(String why) {
        super(why, null, false, false);
    }

    /** Why. */
    public String why() {
        return String.valueOf(getMessage());
    }
}

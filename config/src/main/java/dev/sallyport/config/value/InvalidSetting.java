package dev.sallyport.config.value;

/** A setting that cannot be: says which, what was found (never of a secret), and what was expected. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /** A wrong value under a full key such as {@code sallyport.deadline}. */
    public InvalidSetting(String key, String expected, Object found) {
        super("must be " + expected + ", was " + found);
        this.key = key;
    }

    /** The full key. */
    public String key() {
        return key;
    }
}

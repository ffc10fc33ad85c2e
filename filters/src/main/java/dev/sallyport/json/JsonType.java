package dev.sallyport.json;

/** The JSON types that schemas tell apart: an integer is a number without a fraction, however it is written. */
public enum JsonType {
    NULL(1),
    BOOLEAN(2),
    INTEGER(4),
    FRACTION(8),
    STRING(16),
    ARRAY(32),
    OBJECT(64);

    public final int bit;

    JsonType(int bit) {
        this.bit = bit;
    }
}

package dev.sallyport.idempotency;

/** An answer as a store has it: nonce, ciphertext and tag. Without the key of the settings it says nothing but its length. */
public final class SealedAnswer {
    private final byte[] bytes;

    /** Bytes as they were sealed; handed over, not copied. */
    public SealedAnswer(byte[] bytes) {
        this.bytes = bytes;
    }

    /** For the store. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "SealedAnswer[" + bytes.length + " bytes]";
    }
}

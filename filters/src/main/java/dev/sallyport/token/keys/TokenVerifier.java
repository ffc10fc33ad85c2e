package dev.sallyport.token.keys;

/** Tells by one key whether a signature is genuine. Thread-safe. */
@FunctionalInterface
public interface TokenVerifier {
    /** Whether these bytes were signed with the key's other half; also false if the signature is none. */
    boolean isGenuine(byte[] signed, byte[] signature);
}

package dev.sallyport.call;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What says who a caller is beside the fields of its calls, and who it proved to be: told once, on the way in, and known from then
 * on to all copies of a call. Thread-safe.
 */
public final class Identification {
    private final @Nullable X509Certificate certificate;
    private volatile @Nullable ProvenCaller proven;

    /**
     * Of a caller who is not proven yet.
     *
     * @param certificate the one that its connection was made with, if TLS found it to be trusted
     */
    public Identification(@Nullable X509Certificate certificate) {
        this.certificate = certificate;
    }

    /** The client's certificate, which TLS found to be trusted; null if it has none. */
    public @Nullable X509Certificate certificate() {
        return certificate;
    }

    /** Who it proved to be; null so far. */
    public @Nullable ProvenCaller proven() {
        return proven;
    }

    /** It proved to be this one. */
    public void prove(ProvenCaller caller) {
        proven = caller;
    }

    @Override
    public String toString() {
        return "identification";
    }
}

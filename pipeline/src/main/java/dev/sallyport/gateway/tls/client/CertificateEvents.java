package dev.sallyport.gateway.tls.client;

/** Hears of certificates that were verified. Thread-safe. */
@FunctionalInterface
public interface CertificateEvents {
    /** A host that a connection was made to showed a certificate that is good for it. */
    void verified(String host, Validity validity);
}

package dev.sallyport.gateway.management.login;

import dev.sallyport.call.Digests;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;

/** The certificate of a client, which the connection has verified: its subject, and a digest that tells it from all others. */
record ClientCertificate(String subject, String digest) {
    private static final int LONGEST = 200;

    /** That of the connection that a request came on; empty if none was asked for or shown, or if it is not valid now. */
    static Optional<ClientCertificate> of(ServerHttpRequest request) {
        return Optional.ofNullable(request.getSslInfo())
                .map(SslInfo::getPeerCertificates)
                .filter(chain -> chain.length > 0)
                .flatMap(chain -> of(chain[0]));
    }

    /** Empty if it is not valid now. */
    static Optional<ClientCertificate> of(X509Certificate certificate) {
        return isValid(certificate) ? Optional.of(read(certificate)) : Optional.empty();
    }

    /** TLS asks at the handshake alone: not again on a connection that is kept, nor of a session that is resumed. */
    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException over) {
            return false;
        }
    }

    private static ClientCertificate read(X509Certificate certificate) {
        try {
            String subject = certificate.getSubjectX500Principal().getName();
            return new ClientCertificate(
                    subject.substring(0, Math.min(subject.length(), LONGEST)),
                    HexFormat.of().formatHex(Digests.sha256().digest(certificate.getEncoded())));
        } catch (CertificateEncodingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

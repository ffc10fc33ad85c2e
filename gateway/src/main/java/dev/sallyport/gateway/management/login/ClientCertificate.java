package dev.sallyport.gateway.management.login;

import dev.sallyport.call.Digests;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;

/** The certificate of a client, which the connection has verified: its subject, and a digest that tells it from all others. */
record ClientCertificate(String subject, String digest) {
    private static final int LONGEST = 200;

    /** That of the connection that a request came on; empty if none was asked for or shown. */
    static Optional<ClientCertificate> of(ServerHttpRequest request) {
        return Optional.ofNullable(request.getSslInfo())
                .map(SslInfo::getPeerCertificates)
                .filter(chain -> chain.length > 0)
                .map(chain -> of(chain[0]));
    }

    private static ClientCertificate of(X509Certificate certificate) {
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

package dev.sallyport.config.caller;

import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * A name by which a client's certificate is known: its whole subject, or one of its subject alternative names. Compared whole,
 * never by a part or a pattern.
 *
 * @param text a subject in the form that subjects are compared in; a DNS name in lower case
 */
public record CertificateName(Kind kind, String text) {
    /** What it may be, in words. */
    public static final String EXPECTED =
            "subject:CN=billing,O=Example, dns:billing.example.com or uri:spiffe://example.com/billing";

    /** What is looked at in a certificate. */
    public enum Kind {
        SUBJECT,
        DNS,
        URI
    }

    /** Reads what an operator wrote. */
    public static CertificateName parse(String written) {
        String stripped = written.strip();
        int colon = stripped.indexOf(':');
        String kind = colon < 0 ? "" : stripped.substring(0, colon).toLowerCase(Locale.ROOT);
        String name = stripped.substring(colon + 1).strip();
        if (name.isEmpty()) {
            throw wrong(written);
        }
        return switch (kind) {
            case "subject" -> subject(name, written);
            case "dns" -> dns(name);
            case "uri" -> uri(name);
            default -> throw wrong(written);
        };
    }

    private static CertificateName subject(String name, String written) {
        try {
            return subject(new X500Principal(name));
        } catch (IllegalArgumentException noName) {
            throw wrong(written);
        }
    }

    /** The subject of a certificate. */
    public static CertificateName subject(X500Principal name) {
        return new CertificateName(Kind.SUBJECT, name.getName(X500Principal.CANONICAL));
    }

    /** A DNS name, which is the same in any case. */
    public static CertificateName dns(String name) {
        return new CertificateName(Kind.DNS, name.toLowerCase(Locale.ROOT));
    }

    /** A URI, compared character by character. */
    public static CertificateName uri(String name) {
        return new CertificateName(Kind.URI, name);
    }

    private static IllegalArgumentException wrong(String written) {
        return new IllegalArgumentException("must be " + EXPECTED + ", was " + written);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + text;
    }
}

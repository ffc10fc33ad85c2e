package dev.sallyport.gateway.management.login;

import dev.sallyport.gateway.management.login.BearerTokens.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what a browser signed in. Not a record: it prints its name alone. */
final class Proof {
    private final String name;
    private final @Nullable Named token;
    private final @Nullable ClientCertificate certificate;

    private Proof(String name, @Nullable Named token, @Nullable ClientCertificate certificate) {
        this.name = name;
        this.token = token;
        this.certificate = certificate;
    }

    static Proof of(ClientCertificate certificate) {
        return new Proof(certificate.subject(), null, certificate);
    }

    /** A token, by its place in the file, on a connection with or without a certificate. */
    static Proof of(Named token, @Nullable ClientCertificate shown) {
        String name = "token " + token.place();
        return new Proof(shown == null ? name : name + ", " + shown.subject(), token, shown);
    }

    /** Whether it holds still: the token is in the file, and the connection shows the same certificate. */
    boolean holds(Optional<BearerTokens> tokens, @Nullable ClientCertificate shown) {
        boolean byToken = tokens.isEmpty() || (token != null && tokens.get().holds(token));
        return byToken && (certificate == null || certificate.equals(shown));
    }

    @Override
    public String toString() {
        return name;
    }
}

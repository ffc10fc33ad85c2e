package dev.sallyport.gateway.management.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/** A browser that has signed in. Not a record: it holds what forms prove themselves by, and prints only whose it is. */
public final class LoginSession {
    private final Proof proof;
    private final String formToken;
    private final Instant until;

    LoginSession(Proof proof, String formToken, Instant until) {
        this.proof = proof;
        this.formToken = formToken;
        this.until = until;
    }

    /** By what it signed in, in words: which token of the file, or the subject of a certificate. */
    public String who() {
        return proof.toString();
    }

    /** What each form of this session carries, so that no page of another site can send one. */
    public String formToken() {
        return formToken;
    }

    /** When it ends at the latest. */
    public Instant until() {
        return until;
    }

    /** Whether a form is one of this session's; takes as long whatever was sent. */
    public boolean isOwnForm(String sent) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
    }

    Proof proof() {
        return proof;
    }

    @Override
    public String toString() {
        return who();
    }
}

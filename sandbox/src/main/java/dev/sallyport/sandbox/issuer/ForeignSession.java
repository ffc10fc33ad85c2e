package dev.sallyport.sandbox.issuer;

import java.util.Arrays;
import java.util.Optional;

/** The foreign session tokens that the built-in UserInfo endpoint knows, one for each documented outcome. */
public enum ForeignSession {
    ADA("foreign-session-of-ada"),
    STRANGER("foreign-session-of-a-stranger"),
    NO_EMAIL("foreign-session-without-email"),
    INVALID_EMAIL("foreign-session-with-invalid-email"),
    DOWN("foreign-session-userinfo-down"),
    GARBAGE("foreign-session-userinfo-garbage"),
    SLOW("foreign-session-userinfo-slow");

    private final String token;

    ForeignSession(String token) {
        this.token = token;
    }

    public static Optional<ForeignSession> bearing(String token) {
        return Arrays.stream(values())
                .filter(session -> session.token.equals(token))
                .findFirst();
    }
}

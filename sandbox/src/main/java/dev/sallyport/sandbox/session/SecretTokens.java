package dev.sallyport.sandbox.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Session tokens and intermediate session tokens: 33 random bytes, 44 characters of URL-safe Base64. */
public final class SecretTokens {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}[A-Za-z0-9_=-]");
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretTokens() {}

    public static String next() {
        byte[] bytes = new byte[33];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    public static boolean isWellFormed(String token) {
        return SHAPE.matcher(token).matches();
    }
}

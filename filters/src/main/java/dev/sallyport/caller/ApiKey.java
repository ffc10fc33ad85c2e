package dev.sallyport.caller;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key by which a caller proves who it is: {@code sallyport_}, an id by which its hash is found, and 256 random bits. Never printed.
 */
public final class ApiKey {
    private static final String PREFIX = "sallyport_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-f]{12})_[A-Za-z0-9_-]{43}");
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final String text;

    private ApiKey(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** A new one. */
    public static ApiKey random(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String named = HexFormat.of().formatHex(id);
        return new ApiKey(named, PREFIX + named + "_" + base64(secret));
    }

    /** What a caller shows; null if it is no API key. */
    static @Nullable ApiKey parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? new ApiKey(form.group(1), text) : null;
    }

    /** By which its hash is found; no secret. */
    public String id() {
        return id;
    }

    /** The key itself, for the one time that it is shown to its owner. */
    public String reveal() {
        return text;
    }

    /** What the settings hold in its place. */
    public String setting(byte[] hashKey) {
        return id + ":" + base64(hash(hashKey));
    }

    byte[] hash(byte[] hashKey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(hashKey, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "API key " + id;
    }
}

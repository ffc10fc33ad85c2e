package dev.sallyport.ratelimit;

import dev.sallyport.call.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Where a limit counts the calls of one key. Of a long key only a digest is kept, so that no caller can grow the memory; it has
 * more characters than any key that is kept as it is, so that none can pass for that of another.
 *
 * @param key a project, an address or a digest; never printed
 */
public record Bucket(Limit limit, String key) {
    private static final int LONGEST_KEY = 63;

    public Bucket {
        if (key.length() > LONGEST_KEY) {
            key = digest(key);
        }
    }

    private static String digest(String key) {
        return HexFormat.of().formatHex(Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "Bucket[" + limit.name() + "]";
    }
}

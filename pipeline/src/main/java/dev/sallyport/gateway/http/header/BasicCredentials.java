package dev.sallyport.gateway.http.header;

import dev.sallyport.call.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The user name of Basic credentials (RFC 7617): the caller's project. Read strictly, since a provider that reads credentials
 * in another way than we do would see another project. The password is not looked at, nor kept.
 */
public final class BasicCredentials {
    private static final String SCHEME = "Basic ";

    private BasicCredentials() {}

    /** The user name, or null if there are no credentials that can be read. */
    public static @Nullable String userName(Headers headers) {
        @Nullable String authorization = headers.first("authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            int colon = indexOfColon(decoded);
            return colon <= 0 ? null : text(decoded, colon);
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return null;
        }
    }

    private static int indexOfColon(byte[] decoded) {
        for (int index = 0; index < decoded.length; index++) {
            if (decoded[index] == ':') {
                return index;
            }
        }
        return -1;
    }

    /** Well-formed UTF-8 without control characters (RFC 7617, 2); null if it has any. */
    private static @Nullable String text(byte[] decoded, int end) throws CharacterCodingException {
        if (isPlain(decoded, end)) {
            return new String(decoded, 0, end, StandardCharsets.US_ASCII);
        }
        String name = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(decoded, 0, end))
                .toString();
        return name.chars().anyMatch(Character::isISOControl) ? null : name;
    }

    /** Nothing but printable ASCII, as nearly always. */
    private static boolean isPlain(byte[] decoded, int end) {
        for (int index = 0; index < end; index++) {
            if (decoded[index] < ' ' || decoded[index] == 0x7f) {
                return false;
            }
        }
        return true;
    }
}

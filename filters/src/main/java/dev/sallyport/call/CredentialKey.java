package dev.sallyport.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What a call is known by again as one with the same credentials for the same project. The credentials themselves cannot be told
 * from it.
 *
 * @param digest of both; never printed
 */
public record CredentialKey(ByteBuffer digest) {
    /**
     * Of one call.
     *
     * @param identity as {@link Call#identity} tells it
     */
    public static CredentialKey of(String project, String identity) {
        MessageDigest digest = Digests.sha256();
        digest.update(project.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return new CredentialKey(ByteBuffer.wrap(digest.digest(identity.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public String toString() {
        return "CredentialKey";
    }
}

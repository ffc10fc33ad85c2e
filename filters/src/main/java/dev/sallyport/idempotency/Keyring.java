package dev.sallyport.idempotency;

import dev.sallyport.call.Call;
import dev.sallyport.idempotency.ClaimStore.Wish;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of the settings, the newest first: it names and seals, all are looked under and open. Thread-safe. */
final class Keyring {
    private static final int OWNER_BYTES = 16;

    private final List<CallKeys> keys;
    private final SecureRandom random;

    /**
     * Of keys of the settings.
     *
     * @param secrets none: a random one, for as long as this process lives
     */
    Keyring(List<byte[]> secrets) {
        this.random = random();
        this.keys = (secrets.isEmpty() ? List.of(drawn(CallKeys.SECRET_BYTES)) : secrets)
                .stream().map(secret -> new CallKeys(secret, random)).toList();
    }

    /** One that does not read from a device for each number, which would block an event loop; it is seeded here. */
    private static SecureRandom random() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] drawn(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }

    /** A claim of a caller's key for a call. */
    Wish wish(Call call, Set<String> credentials, String key) {
        List<String> names =
                keys.stream().map(each -> each.name(call, credentials, key)).toList();
        String owner = Base64.getUrlEncoder().withoutPadding().encodeToString(drawn(OWNER_BYTES));
        return new Wish(
                names,
                keys.get(0).fingerprint(call, names.get(0)),
                owner,
                call.trail().span());
    }

    /** Whether a key was used for this very call. */
    boolean isOf(Claim.Held held, Call call, Wish wish) {
        int which = held.which();
        String expected = which == 0
                ? wish.fingerprint()
                : keys.get(which).fingerprint(call, wish.names().get(which));
        return MessageDigest.isEqual(bytes(expected), bytes(held.fingerprint()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    SealedAnswer sealed(byte[] answer, String operation, Wish wish) {
        return keys.get(0).sealed(answer, operation, wish.name());
    }

    byte @Nullable [] opened(Claim.Held held, String operation, Wish wish) {
        @Nullable SealedAnswer answer = held.answer();
        return answer == null
                ? null
                : keys.get(held.which()).opened(answer, operation, wish.names().get(held.which()));
    }
}

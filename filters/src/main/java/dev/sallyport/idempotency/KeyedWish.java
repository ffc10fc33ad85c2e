package dev.sallyport.idempotency;

import dev.sallyport.call.Call;
import dev.sallyport.idempotency.ClaimStore.Wish;
import org.jspecify.annotations.Nullable;

/** What a call wants to claim, with the keys that it was named with: those of the settings may be replaced meanwhile. */
record KeyedWish(Keyring keys, Wish wish) {
    /** Whether a key was used for this very call. */
    boolean isOf(Claim.Held held, Call call) {
        return keys.isOf(held, call, wish);
    }

    SealedAnswer sealed(byte[] answer, String operation) {
        return keys.sealed(answer, operation, wish);
    }

    byte @Nullable [] opened(Claim.Held held, String operation) {
        return keys.opened(held, operation, wish);
    }
}

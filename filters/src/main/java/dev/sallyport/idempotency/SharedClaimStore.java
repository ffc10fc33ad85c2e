package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sallyport.idempotency.Claim.Granted;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.Claim.State;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import dev.sallyport.store.StoreFailure.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Claims in a store that several gateways share: one script, and so one round trip, for each. Times are the server's. What a server
 * loses of claims in flight, their owners bring back.
 */
public final class SharedClaimStore implements ClaimStore {
    private static final Script CLAIM = Script.beside(SharedClaimStore.class, "claim");
    private static final Script RENEW = Script.beside(SharedClaimStore.class, "renew");
    private static final Script END = Script.beside(SharedClaimStore.class, "end");
    /** All keys have one hash tag, as a store wants it of the keys of a script. */
    private static final String PREFIX = "sallyport:{idempotency}:";

    private static final int TRIES_TO_LET_GO = 3;
    private static final Set<Fault> MAY_BE_MADE = Set.of(Fault.TIMED_OUT, Fault.FAILED);

    private final SharedStore store;
    private final Duration lease;
    private final Duration keep;
    private final boolean letsGo;

    /**
     * In a store.
     *
     * @param lease how long a claim stands without being renewed
     * @param keep how long what became of a call is remembered
     * @param letsGo whether a claim whose answer came too late is let go: not where its call is made all the same
     */
    public SharedClaimStore(SharedStore store, Duration lease, Duration keep, boolean letsGo) {
        this.letsGo = letsGo;
        this.store = store;
        this.lease = lease;
        this.keep = keep;
    }

    /** A claim that was refused for want of an answer, and made nevertheless, would be held to be of unknown outcome. */
    @Override
    public Mono<Claim> claim(Wish wish) {
        List<byte[]> keys = new ArrayList<>();
        wish.names().forEach(name -> {
            keys.add(record(name));
            keys.add(answer(name));
        });
        return store.run(CLAIM, keys, arguments(wish))
                .map(SharedClaimStore::claim)
                .doOnError(StoreFailure.class, failure -> {
                    if (letsGo && MAY_BE_MADE.contains(failure.fault())) {
                        letGo(wish);
                    }
                });
    }

    private static Claim claim(ScriptResult found) {
        int which = (int) found.number(0);
        if (which < 0) {
            return new Granted();
        }
        String state = Objects.requireNonNull(found.text(1)).toUpperCase(Locale.ROOT);
        byte @Nullable [] answer = found.bytes(3);
        return new Held(
                which,
                State.valueOf(state),
                Objects.requireNonNull(found.text(2)),
                answer == null ? null : new SealedAnswer(answer));
    }

    private void letGo(Wish wish) {
        var unused = end(wish, new NoEffect())
                .retryWhen(Retry.fixedDelay(TRIES_TO_LET_GO, lease.dividedBy(TRIES_TO_LET_GO)))
                .onErrorComplete()
                .subscribe();
    }

    @Override
    public Mono<Boolean> renew(Wish granted) {
        return store.run(RENEW, List.of(record(granted.name())), arguments(granted))
                .map(answer -> answer.number(0) == 1);
    }

    @Override
    public Mono<Boolean> end(Wish granted, Ending ending) {
        List<byte[]> arguments =
                new ArrayList<>(List.of(bytes(granted.fingerprint()), bytes(granted.owner()), bytes(keep)));
        if (ending instanceof Succeeded succeeded) {
            arguments.add(bytes("succeeded"));
            arguments.add(succeeded.answer().bytes());
            arguments.add(bytes(succeeded.kept()));
        } else {
            arguments.add(bytes(ending instanceof NoEffect ? "no_effect" : "unknown"));
        }
        return store.run(END, List.of(record(granted.name()), answer(granted.name())), arguments)
                .map(answer -> answer.number(0) == 1);
    }

    private List<byte[]> arguments(Wish wish) {
        return List.of(bytes(wish.fingerprint()), bytes(wish.owner()), bytes(lease), bytes(keep));
    }

    private static byte[] record(String name) {
        return bytes(PREFIX + name);
    }

    private static byte[] answer(String name) {
        return bytes(PREFIX + name + ":answer");
    }

    private static byte[] bytes(Duration duration) {
        return bytes(Long.toString(duration.toMillis()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    @Override
    public String toString() {
        return "redis";
    }
}

package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sallyport.call.StoreSpan;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

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

    /** In place of the name that a key was used under, if it was under none. */
    private static final long NONE = -1;

    private static final Set<Fault> MAY_BE_MADE = Set.of(Fault.TIMED_OUT, Fault.FAILED);
    /** How long it is remembered that a key was freed: longer than anything that was sent before can be on its way. */
    private static final Duration FREED = Duration.ofMinutes(1);

    private final SharedStore store;
    private final Terms terms;
    private final LateEndings late;

    /**
     * How claims are kept.
     *
     * @param lease how long a claim stands without being renewed
     * @param keep how long what became of a call is remembered
     * @param letsGo whether a claim whose answer came too late is let go: not where its call is made all the same
     */
    public record Terms(Duration lease, Duration keep, boolean letsGo) {}

    /**
     * In a store.
     *
     * @param scheduler has the store told again what it did not take
     */
    public SharedClaimStore(SharedStore store, Terms terms, Scheduler scheduler) {
        this.store = store;
        this.terms = terms;
        this.late = new LateEndings(scheduler);
    }

    /** A claim that was refused for want of an answer, and made nevertheless, would be held to be of unknown outcome. */
    @Override
    public Mono<Claim> claim(Wish wish) {
        List<byte[]> keys = new ArrayList<>();
        wish.names().forEach(name -> {
            keys.add(record(name));
            keys.add(answer(name));
        });
        return StoreSpan.of(wish.span(), CLAIM.name(), StoreFailure::word, store.run(CLAIM, keys, arguments(wish)))
                .map(found -> claim(found, wish))
                .doOnError(StoreFailure.class, failure -> {
                    if (terms.letsGo() && MAY_BE_MADE.contains(failure.fault())) {
                        letGo(wish);
                    }
                });
    }

    private void letGo(Wish wish) {
        var unused = end(wish, new NoEffect()).onErrorComplete().subscribe();
    }

    private static Claim claim(ScriptResult found, Wish wish) {
        long which = found.number(0);
        if (which == NONE) {
            return new Granted();
        }
        if (which < 0 || which >= wish.names().size()) {
            throw StoreFailure.of("a name that it was not asked for");
        }
        byte @Nullable [] answer = found.bytes(3);
        return new Held(
                (int) which, state(found.text(1)), found.text(2), answer == null ? null : new SealedAnswer(answer));
    }

    private static State state(String written) {
        return switch (written) {
            case "in_flight" -> State.IN_FLIGHT;
            case "succeeded" -> State.SUCCEEDED;
            case "unknown" -> State.UNKNOWN;
            default -> throw StoreFailure.of("a claim in a state of another version");
        };
    }

    @Override
    public Mono<Boolean> renew(Wish granted) {
        return store.run(RENEW, List.of(record(granted.name())), arguments(granted))
                .map(answer -> answer.number(0) == 1);
    }

    /** What fails is told again later; to tell it twice does nothing. */
    @Override
    public Mono<Boolean> end(Wish granted, Ending ending) {
        Mono<Boolean> told = told(granted, ending);
        int bytes = ending instanceof Succeeded succeeded ? succeeded.answer().bytes().length : 0;
        return told.doOnError(StoreFailure.class, failure -> late.add(told, bytes));
    }

    @Override
    public Mono<Void> tellLateEnds() {
        return late.tellAll();
    }

    private Mono<Boolean> told(Wish granted, Ending ending) {
        Duration kept = ending instanceof NoEffect ? FREED : terms.keep();
        List<byte[]> arguments =
                new ArrayList<>(List.of(bytes(granted.fingerprint()), bytes(granted.owner()), bytes(kept)));
        if (ending instanceof Succeeded succeeded) {
            arguments.add(bytes("succeeded"));
            arguments.add(succeeded.answer().bytes());
            arguments.add(bytes(succeeded.kept()));
        } else {
            arguments.add(bytes(ending instanceof NoEffect ? "no_effect" : "unknown"));
        }
        Mono<ScriptResult> asking = store.run(END, List.of(record(granted.name()), answer(granted.name())), arguments);
        return StoreSpan.of(granted.span(), END.name(), StoreFailure::word, asking)
                .map(answer -> answer.number(0) == 1);
    }

    private List<byte[]> arguments(Wish wish) {
        return List.of(bytes(wish.fingerprint()), bytes(wish.owner()), bytes(terms.lease()), bytes(terms.keep()));
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

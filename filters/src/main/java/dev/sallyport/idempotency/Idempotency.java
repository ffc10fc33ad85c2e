package dev.sallyport.idempotency;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Calls with keys, for all operations: one store over every reload, and the keys of the settings. Immutable but for what it counts. */
public final class Idempotency {
    /** The header field of answers that were given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private final Keyring keyring;
    private final ClaimStore store;
    private final Terms terms;
    private final IdempotencyEvents events;
    private final Supplier<Scheduler> timer;
    private final UnfinishedCalls unfinished;

    /**
     * What holds for every call.
     *
     * @param lease how long a claim stands without being renewed
     * @param keep how long what became of a call is remembered
     * @param withoutStore whether calls are made that the store cannot be asked about
     */
    public record Terms(Duration lease, Duration keep, boolean withoutStore) {}

    /**
     * What a stored answer meets when it is given again.
     *
     * @param tokens the check of session tokens; empty where they are not verified
     * @param tokenLife the longest time for which a token can pass that check
     * @param fields names of header fields that are kept
     */
    public record SecondDoor(Optional<Filter<ReadCall>> tokens, Duration tokenLife, Set<String> fields) {}

    /**
     * With a store.
     *
     * @param secrets of 32 bytes, the newest first; none: a random one
     * @param timer keeps the time of a call in flight; asked on the thread that the call came in on
     */
    public Idempotency(
            List<byte[]> secrets, ClaimStore store, Terms terms, IdempotencyEvents events, Supplier<Scheduler> timer) {
        this(new Keyring(secrets), store, terms, events, timer);
    }

    Idempotency(Keyring keyring, ClaimStore store, Terms terms, IdempotencyEvents events, Supplier<Scheduler> timer) {
        this.keyring = keyring;
        this.store = store;
        this.terms = terms;
        this.events = events;
        this.timer = timer;
        this.unfinished = new UnfinishedCalls();
    }

    private Idempotency(Keyring keyring, Idempotency same) {
        this.keyring = keyring;
        this.store = same.store;
        this.terms = same.terms;
        this.events = same.events;
        this.timer = same.timer;
        this.unfinished = same.unfinished;
    }

    /**
     * The same calls with other keys; those that are being made keep the ones that they began with. What is remembered under a key
     * that is not among them is not found any more.
     *
     * @param secrets of 32 bytes, the newest first
     */
    public Idempotency withKeys(List<byte[]> secrets) {
        return new Idempotency(new Keyring(secrets), this);
    }

    /**
     * The filter of an operation, if the pack says that it takes keys.
     *
     * @param deadline how long a call may take, once its caller is gone as well
     */
    public Optional<Filter<ReadCall>> filter(Contract contract, SecondDoor door, Duration deadline) {
        return contract.operation().takesIdempotencyKey()
                ? Optional.of(new IdempotencyFilter(this, new OfOperation(contract, door, deadline)))
                : Optional.empty();
    }

    /** Those that are being made. */
    public UnfinishedCalls unfinished() {
        return unfinished;
    }

    /** Tells the store what became of calls that it was not told of yet, before this gateway ends. */
    public Mono<Void> tellLateEnds() {
        return store.tellLateEnds();
    }

    Keyring keyring() {
        return keyring;
    }

    ClaimStore store() {
        return store;
    }

    Terms terms() {
        return terms;
    }

    IdempotencyEvents events() {
        return events;
    }

    Scheduler timer() {
        return timer.get();
    }

    /** What differs between operations. */
    record OfOperation(Contract contract, SecondDoor door, Duration deadline) {
        Set<String> credentials() {
            return contract.metadata().pack().credentials();
        }

        Replay replay() {
            return new Replay(new ReplyReading(contract), door.tokens());
        }

        /** How long an answer is of use: with a token that is verified, no longer than that can pass. */
        Duration kept(Answer answer, Duration keep) {
            boolean hasToken = contract.sessionToken()
                    .filter(token -> answer.content() instanceof Document document
                            && document.value(token.token().slot()).isPresent())
                    .isPresent();
            boolean shorter =
                    door.tokens().isPresent() && hasToken && door.tokenLife().compareTo(keep) < 0;
            return shorter ? door.tokenLife() : keep;
        }
    }
}

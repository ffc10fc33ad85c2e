package dev.sallyport.contract.watch;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The safety catch and the drift watch of every operation. They outlive a reload that does not concern them, and end with
 * one that changes their contract or their settings, or leaves nothing for them to do. Thread-safe.
 */
public final class ContractWatches {
    private final ContractEvents events;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Map<String, Catch> catches = new ConcurrentHashMap<>();
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    private record Catch(Contract contract, SafetyCatchSettings settings, SafetyCatch made) {}

    private record Watch(Contract contract, DriftSettings settings, DriftWatch made) {}

    /**
     * No watches yet.
     *
     * @param events hears what they notice
     * @param nanoTime a clock that only goes forward
     */
    public ContractWatches(ContractEvents events, LongSupplier nanoTime, InstantSource clock) {
        this.events = events;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /**
     * The catch of an operation: the one at hand, unless it is of another contract or works by other settings. None where no
     * reply schema is enforced.
     */
    public Optional<SafetyCatch> safetyCatch(Contract contract, ContractSettings settings) {
        Operation operation = contract.operation();
        SafetyCatchSettings wanted = settings.safetyCatch();
        if (!wanted.enabled() || settings.reply(operation.id()).mode() != Mode.ENFORCE) {
            catches.remove(operation.id());
            return Optional.empty();
        }
        Catch kept = catches.compute(
                operation.id(),
                (id, had) -> had != null
                                && had.contract() == contract
                                && had.settings().equals(wanted)
                        ? had
                        : new Catch(contract, wanted, newCatch(operation, wanted)));
        return Optional.of(kept.made());
    }

    private SafetyCatch newCatch(Operation operation, SafetyCatchSettings settings) {
        return new SafetyCatch(settings, nanoTime, released -> events.safetyCatch(operation, released));
    }

    /**
     * The watch of an operation: the one at hand, unless it watches another contract or works by other settings. None if
     * drift is not watched.
     */
    public Optional<DriftWatch> drift(Contract contract, DriftSettings settings) {
        String operation = contract.operation().id();
        if (!settings.enabled()) {
            watches.remove(operation);
            return Optional.empty();
        }
        Watch kept = watches.compute(
                operation,
                (id, had) -> had != null
                                && had.contract() == contract
                                && had.settings().equals(settings)
                        ? had
                        : new Watch(contract, settings, new DriftWatch(contract, settings, events, clock)));
        return Optional.of(kept.made());
    }

    /** An operation's replies are not read any more. */
    public void unread(Operation operation) {
        catches.remove(operation.id());
        watches.remove(operation.id());
    }

    /** The catch of an operation, if it has one. */
    public Optional<SafetyCatch> safetyCatch(String operation) {
        return Optional.ofNullable(catches.get(operation)).map(Catch::made);
    }

    /** The watch of an operation, if it has one. */
    public Optional<DriftWatch> drift(String operation) {
        return Optional.ofNullable(watches.get(operation)).map(Watch::made);
    }
}

package dev.sallyport.contract;

import dev.sallyport.config.DriftSettings;
import dev.sallyport.config.SafetyCatchSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The safety catch and the drift watch of every operation. They outlive a reload that does not concern them. Thread-safe.
 */
public final class ContractWatches {
    private final ContractEvents events;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Map<String, Catch> catches = new ConcurrentHashMap<>();
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    private record Catch(SafetyCatchSettings settings, SafetyCatch made) {}

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

    /** The catch of an operation: the one at hand, unless it works by other settings. */
    public SafetyCatch safetyCatch(Operation operation, SafetyCatchSettings settings) {
        return catches.compute(
                        operation.id(),
                        (id, had) -> had != null && had.settings().equals(settings)
                                ? had
                                : new Catch(settings, newCatch(operation, settings)))
                .made();
    }

    private SafetyCatch newCatch(Operation operation, SafetyCatchSettings settings) {
        return new SafetyCatch(settings, nanoTime, released -> events.safetyCatch(operation, released));
    }

    /** The watch of an operation: the one at hand, unless it watches another contract or works by other settings. */
    public DriftWatch drift(Contract contract, DriftSettings settings) {
        String operation = contract.operation().id();
        return watches.compute(
                        operation,
                        (id, had) -> had != null
                                        && had.contract() == contract
                                        && had.settings().equals(settings)
                                ? had
                                : new Watch(contract, settings, new DriftWatch(contract, settings, events, clock)))
                .made();
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

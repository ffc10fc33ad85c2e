package dev.sallyport.gateway.console.source;

import dev.sallyport.gateway.assembly.ContractObservers;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.loop.LoopLag;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** All that the pages ask. */
public record ConsoleSources(
        Contracts contracts, Trust trust, Instance instance, MeterRegistry registry, InstantSource clock) {
    /**
     * What stands at the doors.
     *
     * @param serving what serves calls at a moment
     * @param lastReload empty before the first
     * @param actions what was done by pages
     */
    public record Contracts(
            Supplier<Generation> serving,
            Supplier<Optional<Reload>> lastReload,
            ContractObservers observers,
            Actions actions) {}

    /**
     * What those who signed in have done.
     *
     * @param temporary modes that hold for a while
     * @param done the latest actions, the last one first
     */
    public record Actions(Supplier<List<TemporaryMode>> temporary, Supplier<List<Done>> done) {}

    /**
     * A mode that a door has for a while, in place of that of the settings.
     *
     * @param change its door, and from which mode to which
     * @param loosens whether less is refused by it
     */
    public record TemporaryMode(String operation, Change change, boolean loosens, Instant since, Instant until) {}

    /** A change of the mode of a door, which is {@code request} or {@code reply}. */
    public record Change(String door, String from, String to) {}

    /**
     * An action.
     *
     * @param number from 1
     * @param action in a word
     */
    public record Done(long number, Instant at, String who, String action, Outcome outcome) {}

    /** What became of an action: in words, and whether it was refused. */
    public record Outcome(String words, boolean refused) {}

    /**
     * What signatures and connections rest on.
     *
     * @param listed the projects of the settings at the start
     */
    public record Trust(JwksKeySource keys, Set<String> listed, Supplier<List<Certificate>> certificates) {
        public Trust {
            listed = Set.copyOf(listed);
        }
    }

    /**
     * This gateway as a process.
     *
     * @param settings what was written of them
     */
    public record Instance(
            Build build,
            StoreAccess store,
            LoopLag lag,
            BooleanSupplier draining,
            Supplier<WrittenSettings> settings) {}

    /**
     * What an operator wrote.
     *
     * @param origins tells where a settings key of ours was written; empty of one that was not
     * @param springs Spring's own settings that were written
     */
    public record WrittenSettings(UnaryOperator<String> origins, List<SpringSetting> springs) {}

    /** A setting of Spring's own, with its value if that is no secret for certain, and where it was written. */
    public record SpringSetting(String key, String value, String source) {}

    /** Which build runs. */
    public record Build(String version, String commit, Instant started) {}

    /** A certificate that this gateway shows or trusts, by the bundle that it is in. */
    public record Certificate(String bundle, String subject, Instant validFrom, Instant validUntil) {}

    /**
     * A reload.
     *
     * @param by what asked for it, unless it was an action of the console's
     * @param refused whether what was there before goes on
     * @param result in a word
     */
    public record Reload(
            Instant at,
            String by,
            boolean refused,
            String result,
            int generation,
            List<String> changed,
            List<String> needRestart,
            List<String> problems) {}
}

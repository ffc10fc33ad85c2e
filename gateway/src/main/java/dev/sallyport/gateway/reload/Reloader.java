package dev.sallyport.gateway.reload;

import dev.sallyport.config.Settings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.generation.Generation.Memory;
import dev.sallyport.gateway.generation.GenerationFactory;
import dev.sallyport.gateway.generation.LoadedPack;
import dev.sallyport.gateway.generation.PackWarnings;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.management.ReloadMeters;
import dev.sallyport.gateway.management.Reloads;
import dev.sallyport.gateway.reload.ModeOverride.Place;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.gateway.settings.problem.StartMistake;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import reactor.core.publisher.Mono;

/**
 * Holds the generation that serves calls. A reload makes the next one aside, compiles every schema and tries every example,
 * and only then puts it in place, in one step; if anything is wrong, nothing changes. Thread-safe.
 */
public final class Reloader implements Reloads, Supplier<ServingSnapshot>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    /** Above what the store is given for an answer. */
    private static final Duration FOR_THE_STORE = Duration.ofSeconds(2);

    private final FreshSettings fresh;
    private final GenerationFactory factory;
    private final ReloadMeters meters;
    private final InstantSource clock;
    private final Map<String, List<Issuer>> warmed;
    private volatile Generation now;
    private volatile @Nullable Report last;
    private volatile String wantedPack;
    private volatile boolean mayPass;
    private By by = By.FILES;
    private volatile ContractSettings written;
    private volatile ModeOverrides overrides = ModeOverrides.NONE;

    /** Serves a first generation. */
    public Reloader(
            Generation first,
            FreshSettings fresh,
            GenerationFactory factory,
            ReloadMeters meters,
            InstantSource clock) {
        this.now = first;
        this.warmed = KeyIssuers.of(first.settings(), first.pack().catalog());
        this.wantedPack = first.settings().provider().pack();
        this.written = first.settings().contracts();
        this.fresh = fresh;
        this.factory = factory;
        this.meters = meters;
        this.clock = clock;
    }

    /** For a call that begins. */
    @Override
    public ServingSnapshot get() {
        return now.serving();
    }

    public Generation now() {
        return now;
    }

    /** Names of the packs that matter: the one that serves, and the one that settings last asked for. */
    Set<String> packs() {
        Set<String> packs = new HashSet<>(Set.of(wantedPack));
        packs.add(now.settings().provider().pack());
        return packs;
    }

    @Override
    public Optional<Report> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public Report reload(By by) {
        return reloaded(by, false);
    }

    /** Whether the last reload failed of something that may pass although no file changes, such as too many open files. */
    boolean isWorthAnotherTry() {
        return mayPass;
    }

    /** Reloads once more; what is wrong in the same way as before is not told again. */
    void tryAgain() {
        reloaded(By.FILES, true);
    }

    private synchronized Report reloaded(By asking, boolean again) {
        by = asking;
        @Nullable Report before = last;
        @Nullable RuntimeException bug = null;
        Report report;
        try {
            report = tried();
            mayPass = false;
        } catch (RuntimeException failure) {
            bug = StartMistake.words(failure).isEmpty() ? failure : null;
            report = refused(failure);
            mayPass = StartMistake.mayPass(failure);
        }
        last = report;
        meters.reloaded(report);
        boolean isTold = again && before != null && before.problems().equals(report.problems());
        if (!isTold) {
            tell(report, before, bug);
        }
        return report;
    }

    /** What cannot be linked, for want of a file descriptor it may be, is a failed reload like any other. */
    private Report tried() {
        try {
            Settings read = fresh.read();
            wantedPack = read.provider().pack();
            return takenUp(read);
        } catch (LinkageError unlinked) {
            throw new IllegalStateException(unlinked);
        }
    }

    private Report takenUp(Settings read) {
        Generation had = now;
        Settings asWritten = LiveSettings.takenUp(had.settings(), read);
        LoadedPack pack = had.pack().orChanged(asWritten);
        ModeOverrides still = overrides.at(clock.instant());
        Settings next = LiveSettings.withContracts(asWritten, still.over(asWritten.contracts(), pack.catalog()));
        List<String> changed = new ArrayList<>(LiveSettings.changed(had.settings(), next));
        if (!pack.equals(had.pack())) {
            changed.add("contract pack");
        }
        if (!changed.isEmpty()) {
            now = fresh.placing(() -> factory.after(had, next, pack));
            PackWarnings.of(next, pack).forEach(LOG::warn);
        }
        written = asWritten.contracts();
        overrides = overrides.inPlaceOf(written);
        return report(
                changed.isEmpty() ? Result.UNCHANGED : Result.RELOADED,
                changed,
                waiting(had.settings(), read, pack),
                List.of());
    }

    /** The modes that hold for a while, in place of those of the settings. */
    public List<ModeOverride> overrides() {
        return overrides.list();
    }

    /**
     * Has a door be of a mode from now on, over every reload, until its time is over or it is ended. Empty if there is no such
     * operation.
     */
    public synchronized Optional<ModeOverride> override(Place place, ModeSettings mode, Duration length) {
        if (now.pack().catalog().contract(place.operation()).isEmpty()) {
            return Optional.empty();
        }
        Instant from = clock.instant();
        var added = new ModeOverride(place, mode, place.in(written), from, from.plus(length));
        serve(overrides.with(added));
        return Optional.of(added);
    }

    /** Has a door be of the mode of the settings again; empty if it was. */
    public synchronized Optional<ModeOverride> endOverride(Place place) {
        Optional<ModeOverride> ended = overrides.list().stream()
                .filter(one -> one.place().equals(place))
                .findFirst();
        ended.ifPresent(one -> serve(overrides.without(place)));
        return ended;
    }

    /** Ends the modes whose time is over; to be called again and again. */
    public synchronized List<ModeOverride> endExpiredOverrides() {
        Instant at = clock.instant();
        List<ModeOverride> ended = overrides.list().stream()
                .filter(one -> !one.until().isAfter(at))
                .toList();
        if (!ended.isEmpty()) {
            serve(overrides.at(at));
        }
        return ended;
    }

    private void serve(ModeOverrides next) {
        Generation had = now;
        ContractSettings contracts = next.over(written, had.pack().catalog());
        if (!contracts.equals(had.settings().contracts())) {
            now = factory.after(had, LiveSettings.withContracts(had.settings(), contracts), had.pack());
        }
        overrides = next;
    }

    /** Keys of another endpoint are fetched when a call needs them; warmed, gauged and saved they are from the next start on. */
    private List<String> waiting(Settings serving, Settings read, LoadedPack pack) {
        List<String> waiting = new ArrayList<>(LiveSettings.waiting(serving, read));
        if (!KeyIssuers.of(serving, pack.catalog()).equals(warmed)) {
            waiting.add("contract pack: session-tokens");
        }
        return waiting;
    }

    private Report refused(RuntimeException failure) {
        String words = StartMistake.words(failure).orElse("a bug in the gateway; the log has it");
        return report(Result.REFUSED, List.of(), List.of(), List.of(words.split("\n")));
    }

    private Report report(Result result, List<String> changed, List<String> needRestart, List<String> problems) {
        return new Report(clock.instant(), by, result, now.number(), changed, needRestart, problems);
    }

    private static void tell(Report report, @Nullable Report before, @Nullable RuntimeException bug) {
        boolean wasRefused = before != null && before.result() == Result.REFUSED;
        if (bug != null) {
            LOG.error("A reload failed because of a bug in the gateway", bug);
        }
        if (report.result() == Result.REFUSED) {
            log(LOG.atWarn(), report)
                    .log(
                            "Settings and contracts were not reloaded, those before go on: {}",
                            String.join("; ", report.problems()));
        } else if (report.result() == Result.RELOADED) {
            log(LOG.atInfo(), report).log("Reloaded {}", String.join(", ", report.changed()));
        } else if (wasRefused) {
            log(LOG.atInfo(), report).log("Settings and contracts can be read again; they are those that serve");
        }
        if (!report.needRestart().isEmpty()) {
            LOG.atWarn().log("Changed settings wait for a restart: {}", String.join(", ", report.needRestart()));
        }
    }

    /** There are no calls any more: what they would have taken, and what became of them, is for other gateways. */
    @Override
    public void close() {
        Memory last = now.memory();
        Mono<Void> ends = last.idempotency().map(Idempotency::tellLateEnds).orElseGet(Mono::empty);
        Mono.when(last.limits().giveAllBack(), ends)
                .timeout(FOR_THE_STORE, Mono.empty())
                .block();
    }

    private static LoggingEventBuilder log(LoggingEventBuilder event, Report report) {
        return event.addKeyValue("generation", report.generation());
    }
}

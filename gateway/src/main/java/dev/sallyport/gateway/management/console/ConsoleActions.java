package dev.sallyport.gateway.management.console;

import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.gateway.console.actions.ActionsPage;
import dev.sallyport.gateway.console.actions.ActionsPage.Length;
import dev.sallyport.gateway.console.source.ConsoleSources.Done;
import dev.sallyport.gateway.console.source.ConsoleSources.Outcome;
import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import dev.sallyport.gateway.management.console.ActionAudit.Action;
import dev.sallyport.gateway.reload.ModeOverride;
import dev.sallyport.gateway.reload.ModeOverride.Place;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What those who signed in may do, each written down. A reload blocks: not for event loops. Thread-safe. */
public final class ConsoleActions {
    private static final String EXPIRY = "expiry";

    private final Reloader reloader;
    private final JwksKeySource keys;
    private final Set<String> projects;
    private final ActionAudit audit;
    private final InstantSource clock;

    /**
     * Actions on a running gateway.
     *
     * @param projects whose keys may be asked for: those of the settings
     */
    public ConsoleActions(
            Reloader reloader, JwksKeySource keys, Set<String> projects, ActionAudit audit, InstantSource clock) {
        this.reloader = reloader;
        this.keys = keys;
        this.projects = Set.copyOf(projects);
        this.audit = audit;
        this.clock = clock;
    }

    Done reload(String who) {
        Report report = reloader.reload(By.CONSOLE);
        boolean isRefused = report.result() == Result.REFUSED;
        String words =
                switch (report.result()) {
                    case RELOADED -> "Reloaded " + String.join(", ", report.changed()) + ".";
                    case UNCHANGED -> "All was as before.";
                    case REFUSED -> "Refused, what was there before goes on: " + String.join(" ", report.problems());
                };
        return audit.done(
                Action.RELOAD,
                report.at(),
                who,
                new Outcome(words, isRefused),
                Map.of(
                        "result",
                        report.result().name().toLowerCase(Locale.ROOT),
                        "generation",
                        report.generation(),
                        "changed",
                        String.join(", ", report.changed())));
    }

    /** What a form says of a mode. */
    record ModeForm(String operation, String door, String mode, String minutes) {}

    Done mode(String who, ModeForm form) {
        Optional<Place> place = place(form.operation(), form.door());
        Optional<Duration> length = ActionsPage.LENGTHS.stream()
                .filter(one -> Integer.toString(one.minutes()).equals(form.minutes()))
                .map(Length::minutes)
                .map(Duration::ofMinutes)
                .findFirst();
        boolean isKnown = place.isPresent() && length.isPresent() && ActionsPage.MODES.contains(form.mode());
        return (isKnown
                        ? reloader.override(place.get(), mode(form.mode()), length.get())
                        : Optional.<ModeOverride>empty())
                .map(added -> changed(who, added))
                .orElseGet(() -> refused(Action.MODE, who, "There is no such operation, door, mode or time."));
    }

    private static ModeSettings mode(String word) {
        return ModeSettings.of(Mode.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private Done changed(String who, ModeOverride added) {
        String words = "The " + door(added.place()) + " contract of "
                + added.place().operation() + " is " + added.mode()
                + " in place of " + added.written() + ", until " + added.until() + ".";
        return audit.done(
                Action.MODE,
                added.since(),
                who,
                new Outcome(words, false),
                facts(added, added.written(), added.mode()));
    }

    Done back(String who, String operation, String door) {
        Optional<ModeOverride> ended = place(operation, door).flatMap(reloader::endOverride);
        return ended.map(one -> ended(who, one))
                .orElseGet(() -> refused(Action.MODE_ENDED, who, "The mode was that of the settings."));
    }

    private Done ended(String who, ModeOverride ended) {
        String door = door(ended.place());
        return audit.done(
                Action.MODE_ENDED,
                clock.instant(),
                who,
                new Outcome(
                        "The " + door + " contract of " + ended.place().operation() + " is what settings say.", false),
                facts(ended, ended.mode(), ended.written()));
    }

    /** Ends the modes whose time is over; to be called again and again. */
    public void endExpired() {
        reloader.endExpiredOverrides().forEach(one -> {
            var unused = ended(EXPIRY, one);
        });
    }

    Done keys(String who, String project) {
        if (!projects.contains(project)) {
            return refused(Action.KEYS, who, "There is no such project.");
        }
        int fetches = keys.refresh(project);
        return audit.done(
                Action.KEYS,
                clock.instant(),
                who,
                new Outcome("Keys of " + project + " are being fetched, from " + fetches + " endpoints.", false),
                Map.of("project", project, "endpoints", fetches));
    }

    /** What a form asked for that cannot be; its words are not told, because they may be anything. */
    Done refused(Action action, String who, String words) {
        return audit.done(action, clock.instant(), who, new Outcome(words, true), Map.of("why", words));
    }

    private static Optional<Place> place(String operation, String door) {
        return List.of("request", "reply").contains(door)
                ? Optional.of(new Place(operation, Direction.valueOf(door.toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    static String door(Place place) {
        return place.door().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> facts(ModeOverride one, ModeSettings from, ModeSettings to) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("operation", one.place().operation());
        facts.put("door", door(one.place()));
        facts.put("from", from.toString());
        facts.put("to", to.toString());
        facts.put("until", one.until().toString());
        return facts;
    }
}

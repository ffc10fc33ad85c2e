package dev.sallyport.gateway.console.actions;

import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Done;
import dev.sallyport.gateway.console.source.ConsoleSources.Outcome;
import dev.sallyport.gateway.console.source.ConsoleSources.TemporaryMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be done, and what was.
 *
 * @param choices what the forms offer
 * @param temporary modes that hold for a while
 * @param done the latest actions
 */
public record ActionsPage(Visit visit, Choices choices, List<TemporaryMode> temporary, List<Done> done, Instant now) {
    /** How long a mode may hold, in minutes. */
    public static final List<Length> LENGTHS = List.of(
            new Length(5, "5 minutes"),
            new Length(15, "15 minutes"),
            new Length(60, "an hour"),
            new Length(240, "4 hours"),
            new Length(1440, "a day"));

    /** Modes that a door may be given. */
    public static final List<String> MODES = List.of("report", "enforce", "off");

    /** A length of time. */
    public record Length(int minutes, String words) {}

    /**
     * Who looks.
     *
     * @param formToken what every form carries
     * @param number of the action that this is the answer to; 0 if it is to none
     */
    public record Visit(String who, String formToken, long number) {}

    /** Operations of the pack that serves, and projects of the settings. */
    public record Choices(List<String> operations, List<String> projects) {}

    /** As it is now. */
    public static ActionsPage of(ConsoleSources sources, Visit visit) {
        List<String> operations = sources.contracts().serving().get().pack().catalog().contracts().stream()
                .map(contract -> contract.operation().id())
                .sorted()
                .toList();
        var choices = new Choices(
                operations, sources.trust().listed().stream().sorted().toList());
        var actions = sources.contracts().actions();
        return new ActionsPage(
                visit,
                choices,
                actions.temporary().get(),
                actions.done().get(),
                sources.clock().instant());
    }

    /** Until when, and for how long still. */
    public String until(TemporaryMode mode) {
        return Shown.time(mode.until()) + " (in " + Shown.duration(Duration.between(now, mode.until())) + ")";
    }

    /** What became of the action just now; empty if there was none. */
    public Optional<Outcome> notice() {
        return done.stream()
                .filter(one -> one.number() == visit.number() && one.who().equals(visit.who()))
                .map(Done::outcome)
                .findFirst();
    }

    /** When something was done. */
    public String at(Done done) {
        return Shown.time(done.at());
    }
}

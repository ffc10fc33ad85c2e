package dev.sallyport.overload.simulation;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/** What happens to callers and provider, which can answer 500 calls a second, each after 100 ms, unless it is an even one. */
@SuppressWarnings("ImmutableEnumChecker") // its functions keep nothing
enum Scenario {
    STEADY("Steady load: 300 a second", List.of(60, 120), time -> 300),
    STEP(
            "A step: 300 a second, from 60 s to 180 s 1000",
            List.of(60, 90, 180, 190, 240),
            time -> time < 60 || time >= 180 ? 300 : 1000),
    RAMP(
            "A ramp: from 200 a second to 1000 in 300 s",
            List.of(100, 200, 300),
            time -> 200 + 800 * Math.min(1, time / 300)),
    SLOW(
            "A slow provider: 350 a second; from 60 s to 180 s its work takes three times as long",
            List.of(60, 90, 180, 190, 240),
            time -> 350,
            simulation -> {
                simulation.at(60, provider -> provider.work(0.24));
                simulation.at(180, provider -> provider.work(0.08));
            }),
    FAR(
            "A longer way: 300 a second; from 60 s calls are under way for 200 ms more, whatever their number",
            List.of(60, 90, 120, 300),
            time -> 300,
            simulation -> simulation.at(60, provider -> provider.way(0.22))),
    RECOVERY(
            "Recovery: 350 a second; from 60 s to 90 s nothing is answered",
            List.of(60, 90, 95, 120, 180),
            time -> 350,
            simulation -> {
                simulation.at(60, provider -> provider.pause(true));
                simulation.at(90, provider -> provider.pause(false));
            }),
    MODEST(
            "Modest overload for long: 300 a second, from 60 s 575",
            List.of(60, 120, 360, 600),
            time -> time < 60 ? 300 : 575),
    BURSTS(
            "Bursts: 300 a second, every 10 s 1250 for half a second",
            List.of(60, 300),
            time -> time % 10 < 0.5 ? 1250 : 300),
    WAKING("Waking: 20 a second, from 120 s 450", List.of(120, 125, 135, 240), time -> time < 120 ? 20 : 450),
    EVEN(
            "An even provider, 20 calls at a time, each for 50 ms: 200 a second, from 60 s to 150 s 800",
            List.of(60, 70, 150, 180),
            time -> time < 60 || time >= 150 ? 200 : 800,
            simulation -> simulation.at(0, provider -> provider.even(20, 0.05))),
    UNEVEN(
            "Very uneven work, one call in a hundred of which takes seven times the median: 300 a second, from 60 s 1000",
            List.of(60, 120, 600),
            time -> time < 60 ? 300 : 1000,
            simulation -> simulation.at(0, provider -> provider.spread(1)));

    private final String shown;
    private final List<Integer> ends;
    private final DoubleUnaryOperator rate;
    private final Consumer<Simulation> events;

    Scenario(String shown, List<Integer> ends, DoubleUnaryOperator rate) {
        this(shown, ends, rate, simulation -> {});
    }

    Scenario(String shown, List<Integer> ends, DoubleUnaryOperator rate, Consumer<Simulation> events) {
        this.shown = shown;
        this.ends = ends;
        this.rate = rate;
        this.events = events;
    }

    /** Every candidate, stretch by stretch. */
    String report() {
        var text = new StringBuilder(shown).append("\n\n").append(Tally.HEAD).append('\n');
        for (Candidate candidate : Candidate.values()) {
            var simulation = new Simulation(candidate, rate);
            events.accept(simulation);
            int from = 0;
            for (int end : ends) {
                text.append(simulation.until(end).row(candidate + ", " + from + " to " + end + " s"))
                        .append('\n');
                from = end;
            }
        }
        return text.toString();
    }
}

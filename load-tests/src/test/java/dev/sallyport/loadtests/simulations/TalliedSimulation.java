package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.http.HttpDsl.http;

import dev.sallyport.loadtests.scenarios.SessionScenarios;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A simulation that counts answers by kind, prints them, and says in the end which of its expectations did not hold: to the
 * file {@code -Dfailed}, which its script looks at.
 */
abstract class TalliedSimulation extends Simulation {
    private final Tally tally = new Tally();
    private final List<String> failed = new ArrayList<>();

    /** Sets it up: these calls, of which a report of Gatling's own is made as well. */
    final void calls(PopulationBuilder... populations) {
        setUp(populations).protocols(http.baseUrl(System.getProperty("baseUrl", "http://127.0.0.1:9400")));
    }

    /** Calls under a name, whatever they are answered. */
    final ScenarioBuilder counted(String name, HttpRequestActionBuilder call) {
        return CoreDsl.scenario(name)
                .exec(call.check(Tally.noting().toArray(CheckBuilder[]::new)))
                .exec(user -> tally.count(name, user));
    }

    /** Exchanges of a member's session. */
    final ScenarioBuilder exchanges(String name) {
        return counted(name, SessionScenarios.exchangeCall(name));
    }

    final Tally tally() {
        return tally;
    }

    /** Notes an expectation and whether it holds. */
    final void expect(boolean holds, String format, Object... figures) {
        String sentence = String.format(Locale.ROOT, format, figures);
        System.out.println((holds ? "holds:  " : "FAILED: ") + sentence);
        if (!holds) {
            failed.add(sentence);
        }
    }

    /** What is expected of the tally; run when all calls are answered. */
    abstract void verdict();

    @Override
    public final void after() {
        System.out.println(tally.table());
        verdict();
        try {
            Files.write(Path.of(System.getProperty("failed", "target/failed.txt")), failed);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}

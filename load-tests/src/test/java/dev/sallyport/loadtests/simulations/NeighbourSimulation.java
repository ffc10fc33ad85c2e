package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import dev.sallyport.loadtests.scenarios.SessionScenarios;
import java.time.Duration;

/** One project makes ten times the calls that its limit lets it make ({@code -Dlimit} a second); the other has what it had. */
public final class NeighbourSimulation extends TalliedSimulation {
    private static final int LIMIT = Integer.getInteger("limit", 50);
    private static final int SECONDS = 60;
    private static final long SLACK_MILLIS = 50;

    /** Sets it up; Gatling runs it. */
    public NeighbourSimulation() {
        calls(
                exchanges("warm-up").injectOpen(constantUsersPerSec(LIMIT / 2.0).during(Duration.ofSeconds(20))),
                counted("noisy-warm-up", SessionScenarios.migrateCall("noisy-warm-up"))
                        .injectOpen(rampUsersPerSec(1).to(10.0 * LIMIT).during(Duration.ofSeconds(20))),
                exchanges("alone")
                        .injectOpen(
                                constantUsersPerSec(0).during(Duration.ofSeconds(20)),
                                constantUsersPerSec(LIMIT / 2.0).during(Duration.ofSeconds(SECONDS))),
                exchanges("beside")
                        .injectOpen(
                                constantUsersPerSec(0).during(Duration.ofSeconds(20 + SECONDS)),
                                constantUsersPerSec(LIMIT / 2.0).during(Duration.ofSeconds(SECONDS))),
                counted("noisy", SessionScenarios.migrateCall("noisy"))
                        .injectOpen(
                                constantUsersPerSec(0).during(Duration.ofSeconds(20 + SECONDS)),
                                constantUsersPerSec(10.0 * LIMIT).during(Duration.ofSeconds(SECONDS))));
    }

    @Override
    void verdict() {
        expect(tally().share("beside", "200") == 1, "every call of the quiet project is answered");
        long alone = tally().percentile("alone", "200", 99);
        long beside = tally().percentile("beside", "200", 99);
        expect(beside <= 2 * alone + SLACK_MILLIS, "its p99 is %d ms, alone it was %d", beside, alone);
        double noisy = (double) tally().count("noisy", "200") / SECONDS;
        expect(
                noisy <= 1.2 * LIMIT,
                "of the noisy one %.0f calls a second are answered, its limit is %d",
                noisy,
                LIMIT);
        double told = tally().share("noisy", "200") + tally().share("noisy", "429 RATE_LIMITED");
        expect(told == 1, "every other one is told to come back");
    }
}

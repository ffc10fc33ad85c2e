package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import java.time.Duration;

/**
 * Twice as many calls as the provider can work on ({@code -Dcapacity} a second): it goes on working on as many as it can, and
 * once the gateway has found out how many that is, those that are answered take what they took before.
 */
public final class OverloadSimulation extends TalliedSimulation {
    private static final int CAPACITY = Integer.getInteger("capacity", 400);
    private static final int FULL_SECONDS = 30;
    private static final int ONSET_SECONDS = 10;
    private static final int OVER_SECONDS = 60;
    private static final double GOOD = 0.8;
    private static final double LONGER = 1.2;

    /** Sets it up; Gatling runs it. */
    public OverloadSimulation() {
        calls(exchanges("warm-up")
                .injectOpen(rampUsersPerSec(1).to(CAPACITY / 2.0).during(Duration.ofSeconds(30)))
                .andThen(exchanges("normal")
                        .injectOpen(constantUsersPerSec(CAPACITY / 2.0).during(Duration.ofSeconds(FULL_SECONDS)))
                        .andThen(exchanges("full")
                                .injectOpen(
                                        constantUsersPerSec(0.9 * CAPACITY).during(Duration.ofSeconds(FULL_SECONDS)))
                                .andThen(exchanges("onset")
                                        .injectOpen(constantUsersPerSec(2.0 * CAPACITY)
                                                .during(Duration.ofSeconds(ONSET_SECONDS)))
                                        .andThen(exchanges("over")
                                                .injectOpen(constantUsersPerSec(2.0 * CAPACITY)
                                                        .during(Duration.ofSeconds(OVER_SECONDS)))
                                                .andThen(exchanges("after")
                                                        .injectOpen(constantUsersPerSec(CAPACITY / 2.0)
                                                                .during(Duration.ofSeconds(FULL_SECONDS)))))))));
    }

    @Override
    void verdict() {
        double best = Math.max(
                (double) tally().count("full", "200") / FULL_SECONDS,
                (double) tally().count("over", "200") / OVER_SECONDS);
        double over = (double) tally().count("over", "200") / OVER_SECONDS;
        expect(over >= GOOD * best, "%.0f calls a second are answered, the best is %.0f", over, best);
        double onset = (double) tally().count("onset", "200") / ONSET_SECONDS;
        expect(onset >= GOOD * best, "in the first %d seconds it was %.0f", ONSET_SECONDS, onset);
        double told = tally().share("over", "200") + tally().share("over", "503 OVERLOADED");
        expect(told == 1, "every other call is told to come back");
        for (int percent : new int[] {50, 90, 99}) {
            long normal = tally().percentile("normal", "200", percent);
            long slow = tally().percentile("over", "200", percent);
            expect(
                    slow <= LONGER * normal,
                    "p%d of those that are answered is %d ms, before it was %d",
                    percent,
                    slow,
                    normal);
        }
        expect(
                tally().share("after", "200") >= 0.99,
                "afterwards %.1f %% are answered",
                100 * tally().share("after", "200"));
    }
}

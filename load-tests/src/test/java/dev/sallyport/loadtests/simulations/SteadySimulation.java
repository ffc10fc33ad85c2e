package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import java.time.Duration;

/** The same load all the time: every call is answered. */
public final class SteadySimulation extends TalliedSimulation {
    private static final int A_SECOND = 300;
    private static final long SLOW_MILLIS = 100;

    /** Sets it up; Gatling runs it. */
    public SteadySimulation() {
        calls(exchanges("warm-up")
                .injectOpen(rampUsersPerSec(1).to(A_SECOND).during(Duration.ofSeconds(30)))
                .andThen(exchanges("steady")
                        .injectOpen(constantUsersPerSec(A_SECOND).during(Duration.ofSeconds(60)))));
    }

    @Override
    void verdict() {
        expect(tally().share("steady", "200") == 1, "every call is answered");
        long p99 = tally().percentile("steady", "200", 99);
        expect(p99 <= SLOW_MILLIS, "p99 is %d ms, at most %d", p99, SLOW_MILLIS);
    }
}

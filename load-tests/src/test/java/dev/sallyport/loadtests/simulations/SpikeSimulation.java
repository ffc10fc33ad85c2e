package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import java.time.Duration;

/** Ten times the load from one moment to the next, for ten seconds: all are answered, and afterwards it is as before. */
public final class SpikeSimulation extends TalliedSimulation {
    private static final int A_SECOND = 60;
    private static final int TIMES = 10;
    private static final long SLACK_MILLIS = 50;

    /** Sets it up; Gatling runs it. */
    public SpikeSimulation() {
        calls(exchanges("warm-up")
                .injectOpen(rampUsersPerSec(1).to(TIMES * A_SECOND).during(Duration.ofSeconds(30)))
                .andThen(exchanges("before")
                        .injectOpen(constantUsersPerSec(A_SECOND).during(Duration.ofSeconds(20)))
                        .andThen(exchanges("spike")
                                .injectOpen(
                                        constantUsersPerSec(TIMES * A_SECOND).during(Duration.ofSeconds(10)))
                                .andThen(exchanges("after")
                                        .injectOpen(
                                                constantUsersPerSec(A_SECOND).during(Duration.ofSeconds(20)))))));
    }

    @Override
    void verdict() {
        for (String phase : new String[] {"before", "spike", "after"}) {
            expect(tally().share(phase, "200") == 1, "every call is answered: %s", phase);
        }
        long before = tally().percentile("before", "200", 99);
        long after = tally().percentile("after", "200", 99);
        expect(after <= 2 * before + SLACK_MILLIS, "p99 afterwards is %d ms, before it was %d", after, before);
    }
}

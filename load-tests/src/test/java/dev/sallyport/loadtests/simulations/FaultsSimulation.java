package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import dev.sallyport.loadtests.scenarios.SessionScenarios;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider that answers a fifth of the calls wrongly, each in another way: none of these passes, all others are answered, for
 * {@code -Dminutes}. The sandbox does what the calls ask of it.
 */
public final class FaultsSimulation extends TalliedSimulation {
    /** Names of the sandbox's; with each of them, what comes back must not pass. */
    private static final List<String> FAULTS = List.of(
            "wrong-key", "wrong-audience", "expired", "missing-field", "not-json", "truncated-body", "reset", "hang");

    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("minutes", 1));
    private static final double A_SECOND = Integer.getInteger("rate", 100);
    private static final double SHARE = 0.2;
    private static final long SLOW_MILLIS = Long.getLong("slowMillis", 250);

    /** Sets it up; Gatling runs it. */
    public FaultsSimulation() {
        List<PopulationBuilder> all = new ArrayList<>();
        all.add(exchanges("warm-up").injectOpen(constantUsersPerSec(A_SECOND).during(Duration.ofSeconds(20))));
        all.add(exchanges("good")
                .injectOpen(
                        constantUsersPerSec(0).during(Duration.ofSeconds(20)),
                        constantUsersPerSec((1 - SHARE) * A_SECOND).during(TIME)));
        for (String fault : FAULTS) {
            all.add(counted(fault, SessionScenarios.exchangeCall(fault).header("X-Sandbox-Fault", fault))
                    .injectOpen(
                            constantUsersPerSec(0).during(Duration.ofSeconds(20)),
                            constantUsersPerSec(SHARE * A_SECOND / FAULTS.size())
                                    .during(TIME)));
        }
        calls(all.toArray(PopulationBuilder[]::new));
    }

    @Override
    void verdict() {
        expect(tally().share("good", "200") == 1, "every call without a fault is answered");
        long p99 = tally().percentile("good", "200", 99);
        expect(p99 <= SLOW_MILLIS, "their p99 is %d ms, at most %d", p99, SLOW_MILLIS);
        for (String fault : FAULTS) {
            expect(tally().count(fault, "200") == 0, "none passes of %s", fault);
            expect(tally().count(fault, "none") == 0, "all are answered of %s", fault);
        }
    }
}

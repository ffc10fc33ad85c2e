package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.forAll;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.sallyport.loadtests.profiles.Profile;
import dev.sallyport.loadtests.scenarios.SessionScenarios;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.stream.Stream;

/**
 * Every operation and a refusal through a running gateway in front of a running sandbox. {@code -DbaseUrl} is the
 * gateway's, {@code -DtrustedToken} a token of the sandbox's issuer, {@code -Dprofile} how much.
 */
public final class SmokeSimulation extends Simulation {
    private static final int SLOWEST_MILLIS = 2000;

    /** Sets it up; Gatling runs it. */
    public SmokeSimulation() {
        String baseUrl = System.getProperty("baseUrl", "http://127.0.0.1:9400");
        String trustedToken = System.getProperty("trustedToken", "");
        PopulationBuilder[] populations = Stream.of(
                        SessionScenarios.migrate(),
                        SessionScenarios.exchange(),
                        SessionScenarios.attest(trustedToken),
                        SessionScenarios.jwks(),
                        SessionScenarios.violation())
                .map(SmokeSimulation::arriving)
                .toArray(PopulationBuilder[]::new);
        setUp(populations)
                .protocols(http.baseUrl(baseUrl))
                .assertions(
                        global().failedRequests().count().is(0L),
                        forAll().responseTime().percentile(99.0).lt(SLOWEST_MILLIS));
    }

    private static PopulationBuilder arriving(ScenarioBuilder scenario) {
        return scenario.injectOpen(Profile.chosen().arrivals());
    }
}

package dev.sallyport.loadtests.profiles;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How many calls of each kind arrive, and for how long; {@code -Dprofile=smoke|load}. */
public enum Profile {
    /** A few a second for ten seconds: does it work at all? */
    SMOKE {
        @Override
        public List<OpenInjectionStep> arrivals() {
            return List.of(constantUsersPerSec(2).during(Duration.ofSeconds(10)));
        }
    },
    /** Up to 100 a second of each kind for a minute. */
    LOAD {
        @Override
        public List<OpenInjectionStep> arrivals() {
            return List.of(
                    rampUsersPerSec(1).to(100).during(Duration.ofSeconds(20)),
                    constantUsersPerSec(100).during(Duration.ofSeconds(60)));
        }
    };

    /** Arrivals of one scenario. */
    public abstract List<OpenInjectionStep> arrivals();

    /** The profile of this run. */
    public static Profile chosen() {
        return valueOf(System.getProperty("profile", "smoke").toUpperCase(Locale.ROOT));
    }
}

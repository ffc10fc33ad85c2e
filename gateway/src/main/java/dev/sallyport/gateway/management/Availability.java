package dev.sallyport.gateway.management;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Spring's states of liveness and readiness as health. Spring Boot's own indicators count as blocking, and the hop to another
 * thread that they are given now and then loses an answer on a kept connection; a probe must not wait for its timeout.
 */
public final class Availability {
    private Availability() {}

    /** Down once the process is beyond repair. */
    public static ReactiveHealthIndicator liveness(ApplicationAvailability states) {
        return () -> Mono.fromSupplier(() -> states.getLivenessState() == LivenessState.CORRECT
                ? Health.up().build()
                : Health.down().build());
    }

    /** Out of service while starting and while shutting down. */
    public static ReactiveHealthIndicator readiness(ApplicationAvailability states) {
        return () -> Mono.fromSupplier(() -> states.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? Health.up().build()
                : Health.outOfService().build());
    }
}

package dev.sallyport.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.sandbox.Fixtures;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/** When the starter is there, and what it leaves alone. */
@Timeout(120)
final class ConditionsTest {
    @Test
    void it_is_off_by_the_key_that_filters_of_spring_cloud_gateway_have() {
        try (var application = RunningApplication.with(
                List.of("--spring.cloud.gateway.server.webflux.filter.session-contract.enabled=false"))) {
            assertThat(application.context().getBeansOfType(SessionContractGatewayFilterFactory.class))
                    .isEmpty();
            assertThat(application.context().getBeansOfType(Settings.class)).isEmpty();
        }
    }

    @Test
    void it_brings_health_of_keys_and_no_bean_of_a_type_that_others_make() {
        try (var application = RunningApplication.inFrontOf(
                "http://127.0.0.1:1",
                List.of("SessionContract"),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID)) {
            var health = application.context().getBean("sessionKeysHealthIndicator", ReactiveHealthIndicator.class);
            assertThat(health.health().block())
                    .satisfies(told -> assertThat(told.getStatus().getCode()).isEqualTo("OUT_OF_SERVICE"));
            assertThat(application.context().getBeansOfType(CircuitBreakerRegistry.class))
                    .isEmpty();
        }
    }
}

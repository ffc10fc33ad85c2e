package dev.sallyport.gateway.wiring;

import dev.sallyport.gateway.loop.EventLoops;
import dev.sallyport.gateway.loop.GatewayLoad;
import dev.sallyport.gateway.loop.LoopLag;
import dev.sallyport.gateway.management.LoadGauges;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.overload.GatewayPressure;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.reactor.netty.autoconfigure.ReactorNettyProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Event loops, and what watches how much they and the provider have to do. */
@Configuration(proxyBeanMethods = false)
class LoadWiring {
    /**
     * One set of loops for callers, management, provider and the operator's own routes; it ends with this. Spring ends it only
     * in a context that started.
     */
    @Bean(destroyMethod = "stop")
    ReactorResourceFactory reactorResourceFactory(ReactorNettyProperties properties) {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(EventLoops::create);
        Optional.ofNullable(properties.getShutdownQuietPeriod()).ifPresent(resources::setShutdownQuietPeriod);
        return resources;
    }

    @Bean
    LoopLag loopLag(ReactorResourceFactory resources) {
        return new LoopLag(resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE));
    }

    @Bean
    LoadGauges loadGauges(LoopLag lag) {
        return new LoadGauges(lag);
    }

    @Bean
    GatewayPressure gatewayPressure(Reloader serving, GatewayMeters meters) {
        return new GatewayPressure(
                () -> serving.now().settings().concurrency(),
                new GatewayLoad(),
                meters.overload(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    /** Under the names that its own dashboards know. */
    @Bean
    MeterBinder circuitBreakerMetrics(CircuitBreakerRegistry breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }
}

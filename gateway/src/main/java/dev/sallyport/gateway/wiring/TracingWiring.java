package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.management.meters.BuildInfo;
import dev.sallyport.gateway.management.meters.Exemplars;
import dev.sallyport.gateway.trace.ExemplarTraces;
import dev.sallyport.gateway.trace.Tracing;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces of calls. */
@Configuration(proxyBeanMethods = false)
class TracingWiring {
    @Bean
    Tracing tracing(Settings settings, SslBundles bundles, BuildInfo build) {
        return Tracing.of(settings.tracing(), bundles, build.version());
    }

    @Bean
    Exemplars exemplars() {
        return new Exemplars();
    }

    /** For the Prometheus registry, which looks for examples only if there is such a bean. */
    @Bean
    @Nullable
    SpanContext exemplarTraces(Settings settings, Exemplars exemplars) {
        return settings.tracing().enabled() ? new ExemplarTraces(exemplars) : null;
    }
}

package dev.sallyport.gateway.management.gauges;

import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How many session keys are held of each listed project, and how old they are (-1 without any). Projects come from the settings. */
public final class KeyGauges implements MeterBinder {
    private final JwksKeySource keys;
    private final Map<String, List<Issuer>> issuers;

    /**
     * Gauges over a source.
     *
     * @param issuers by project: wherever its keys may be published
     */
    public KeyGauges(JwksKeySource keys, Map<String, List<Issuer>> issuers) {
        this.keys = keys;
        this.issuers = Map.copyOf(issuers);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        issuers.forEach((project, published) -> {
            Gauge.builder("sallyport.jwks.keys", published, this::count)
                    .description("Session keys at hand")
                    .tags("project", project)
                    .register(registry);
            TimeGauge.builder("sallyport.jwks.age", published, TimeUnit.SECONDS, this::age)
                    .description("Time since session keys were last fetched")
                    .tags("project", project)
                    .register(registry);
        });
    }

    private double count(List<Issuer> published) {
        return published.stream().mapToInt(keys::count).sum();
    }

    private double age(List<Issuer> published) {
        return published.stream()
                .map(keys::age)
                .flatMap(Optional::stream)
                .mapToLong(Duration::toSeconds)
                .min()
                .orElse(-1);
    }
}

package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.tls.client.CertificateEvents;
import dev.sallyport.gateway.tls.client.Validity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Until when certificates are good, ours and those that the hosts of provider and issuer showed last; and a line in the log, twice a day, of
 * each that should have been replaced. Hosts come from the settings. Thread-safe.
 */
public final class CertificateMeters implements CertificateEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateMeters.class);
    private static final Duration BETWEEN_LINES = Duration.ofHours(12);

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<Certificate, Validity> known = new ConcurrentHashMap<>();
    private final Disposable lines;

    private record Certificate(Owner owner, String name) {}

    private enum Owner {
        GATEWAY,
        PROVIDER,
        ISSUER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of files of a bundle that have changed. */
    public enum Reload {
        OK,
        REFUSED
    }

    /** Gauges in a registry, and lines by the clock of a scheduler. */
    public CertificateMeters(MeterRegistry registry, Clock clock, Scheduler scheduler) {
        this.registry = registry;
        this.clock = clock;
        long pause = BETWEEN_LINES.toMillis();
        this.lines = scheduler.schedulePeriodically(this::tell, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** The certificate by which the gateway is known, from now on. */
    public void own(String bundle, Validity validity) {
        note(new Certificate(Owner.GATEWAY, bundle), validity);
    }

    @Override
    public void verified(String host, Validity validity) {
        note(new Certificate(Owner.PROVIDER, host), validity);
    }

    /** Hears of those that the issuer of callers' tokens shows. */
    public CertificateEvents ofIssuer() {
        return (host, validity) -> note(new Certificate(Owner.ISSUER, host), validity);
    }

    private void note(Certificate certificate, Validity validity) {
        @Nullable Validity before = known.put(certificate, validity);
        if (before == null) {
            Gauge.builder("sallyport.certificate.expiry.timestamp", () -> end(certificate))
                    .description("When a certificate ends, in seconds since 1970")
                    .baseUnit("seconds")
                    .tags("owner", certificate.owner().label(), "name", certificate.name())
                    .register(registry);
        }
        if (!validity.equals(before)) {
            tellIfSoon(certificate, validity, clock.instant());
        }
    }

    private double end(Certificate certificate) {
        @Nullable Validity validity = known.get(certificate);
        return validity == null ? Double.NaN : validity.end().getEpochSecond();
    }

    private void tell() {
        Instant now = clock.instant();
        known.forEach((certificate, validity) -> tellIfSoon(certificate, validity, now));
    }

    private static void tellIfSoon(Certificate certificate, Validity validity, Instant now) {
        if (validity.endsSoon(now)) {
            LOG.atWarn()
                    .addKeyValue("owner", certificate.owner().label())
                    .addKeyValue("name", certificate.name())
                    .addKeyValue("end", validity.end())
                    .log(validity.end().isBefore(now) ? "A certificate has ended" : "A certificate ends soon");
        }
    }

    /** There is a bundle: its counters are there from the start. */
    public void registered(String bundle) {
        for (Reload result : Reload.values()) {
            counter(bundle, result);
        }
    }

    /** Files of a bundle have changed. */
    public void reloaded(String bundle, Reload result) {
        counter(bundle, result).increment();
    }

    private Counter counter(String bundle, Reload result) {
        return Counter.builder("sallyport.certificate.reloads")
                .description("Changes of a bundle's files, by what became of them")
                .tags("name", bundle, "result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void close() {
        lines.dispose();
    }
}

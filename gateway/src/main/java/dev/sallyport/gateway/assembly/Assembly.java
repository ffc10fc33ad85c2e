package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.http.ProviderClients;
import dev.sallyport.gateway.http.Served;
import dev.sallyport.gateway.management.MeteredEvents;
import dev.sallyport.gateway.management.TelemetryMeters;
import dev.sallyport.ratelimit.RateLimitFilter;
import dev.sallyport.telemetry.FingerprintLookup;
import dev.sallyport.token.KeySource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes what serves calls, of settings and a contract pack. What remembers something (limits, verdicts) is handed on to the
 * next generation where its settings are the same.
 */
final class Assembly {
    private final Lasting lasting;
    private final InstantSource clock;

    /** What every generation shares. */
    record Lasting(
            MeterRegistry registry,
            MeteredEvents events,
            ContractObservers observers,
            KeySource keys,
            ProviderClients clients,
            CircuitBreakerRegistry breakers,
            Captures captures) {}

    Assembly(Lasting lasting, InstantSource clock) {
        this.lasting = lasting;
        this.clock = clock;
    }

    /** The first generation. */
    Generation first(Settings settings, LoadedPack pack) {
        NamedOperations.check(settings, pack.catalog());
        return made(1, settings, pack, RateLimits.of(settings.rateLimits(), lasting.events()), lookup(settings, pack));
    }

    /** The generation after another one. */
    Generation after(Generation had, Settings settings, LoadedPack pack) {
        NamedOperations.check(settings, pack.catalog());
        boolean sameLimits = settings.rateLimits().equals(had.settings().rateLimits());
        boolean sameLookup = settings.telemetry().equals(had.settings().telemetry())
                && settings.provider().equals(had.settings().provider())
                && pack.equals(had.pack());
        return made(
                had.number() + 1,
                settings,
                pack,
                sameLimits ? had.rateLimit() : RateLimits.of(settings.rateLimits(), lasting.events()),
                sameLookup ? had.lookup() : lookup(settings, pack));
    }

    private Generation made(
            int number,
            Settings settings,
            LoadedPack pack,
            Optional<RateLimitFilter> rateLimit,
            FingerprintLookup lookup) {
        MeteredEvents events = lasting.events();
        var telemetry = new Telemetry(settings, pack.catalog(), lookup, meters(settings), events);
        var parts = new Parts(
                settings,
                events,
                lasting.observers(),
                lasting.keys(),
                lasting.clients().calls(),
                telemetry,
                lasting.captures(),
                rateLimit);
        var served = new Served(
                new Pipeline(parts).routes(pack.catalog()),
                pack.catalog().rejectionRenderer(),
                settings.telemetry().results().headers());
        return new Generation(number, clock.instant(), settings, pack, rateLimit, lookup, served);
    }

    private FingerprintLookup lookup(Settings settings, LoadedPack pack) {
        return Lookups.of(
                settings,
                pack.catalog(),
                lasting.clients().lookups(),
                lasting.breakers(),
                meters(settings),
                lasting.events());
    }

    private TelemetryMeters meters(Settings settings) {
        return new TelemetryMeters(lasting.registry(), settings.telemetry().knownReasons());
    }
}

package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.assembly.Assembly;
import dev.sallyport.gateway.assembly.CallerAccess;
import dev.sallyport.gateway.assembly.ContractObservers;
import dev.sallyport.gateway.assembly.Monitoring;
import dev.sallyport.gateway.assembly.ProviderAccess;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.generation.LoadedPack;
import dev.sallyport.gateway.generation.PackWarnings;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.ContractsEndpoint;
import dev.sallyport.gateway.management.OpenApiEndpoint;
import dev.sallyport.gateway.management.RegularLook;
import dev.sallyport.gateway.management.ReloadMeters;
import dev.sallyport.gateway.management.meters.BuildInfo;
import dev.sallyport.gateway.management.meters.Exemplars;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.output.LogOutput;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.ProviderEndpoint;
import dev.sallyport.gateway.reload.ReloadWatch;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import reactor.core.scheduler.Schedulers;

/**
 * Hands to Spring what serves calls: settings, contracts, what watches them, and the assembly. The others do
 * so for what stands around them.
 */
@Configuration(proxyBeanMethods = false)
class ServingWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ServingWiring.class);

    @Bean
    Settings settings(ConfigurableEnvironment environment) {
        return new SettingsReader(environment).read();
    }

    @Bean
    LoadedPack contractPack(Settings settings) {
        return LoadedPack.of(settings);
    }

    @Bean
    ContractCatalog contractCatalog(LoadedPack pack) {
        return pack.catalog();
    }

    @Bean
    LogOutput logOutput(Settings settings) {
        return LogOutput.of(settings.logs().format());
    }

    @Bean
    LineWindows lineWindows() {
        return new LineWindows(Schedulers.parallel());
    }

    @Bean
    GatewayMeters gatewayMeters(MeterRegistry registry, LineWindows windows, Exemplars exemplars) {
        return GatewayMeters.in(registry, windows, exemplars);
    }

    @Bean
    ContractObservers contractObservers(GatewayMeters meters) {
        return ContractObservers.beside(meters.contracts());
    }

    @Bean
    Captures captures(Settings settings, FreshSettings fresh, GatewayMeters meters) {
        return fresh.placing(() -> Captures.started(settings, meters.captures()));
    }

    @Bean
    Monitoring monitoring(
            MeterRegistry registry,
            LineWindows windows,
            GatewayMeters meters,
            ContractObservers observers,
            Captures captures) {
        return new Monitoring(registry, windows, meters, observers, captures);
    }

    @Bean
    ProviderAccess providerAccess(Settings settings, ProviderClients clients, JwksKeySource keys) {
        return ProviderAccess.direct(ProviderEndpoint.of(settings.provider(), clients.calls(), clients.watch()), keys);
    }

    @Bean
    Assembly assembly(
            Monitoring monitoring,
            ProviderAccess provider,
            ProviderClients clients,
            CircuitBreakerRegistry breakers,
            StoreAccess store,
            CallerKeyFetching callerKeys) {
        var callers = CallerAccess.of(callerKeys.tokens(), monitoring.meters().callers());
        var shared = new Assembly.SharedComponents(monitoring, provider, clients.lookups(), breakers, store, callers);
        return new Assembly(shared, Clock.systemUTC());
    }

    @Bean
    FreshSettings freshSettings(ConfigurableEnvironment environment) {
        return new FreshSettings(environment);
    }

    @Bean
    Reloader reloader(
            Settings settings, LoadedPack pack, Assembly assembly, FreshSettings fresh, MeterRegistry registry) {
        Generation first = fresh.placing(() -> assembly.first(settings, pack));
        PackWarnings.of(settings, pack).forEach(LOG::warn);
        return new Reloader(first, fresh, assembly, new ReloadMeters(registry), Clock.systemUTC());
    }

    @Bean
    RegularLook reloadWatch(Settings settings, FreshSettings fresh, Reloader reloader) {
        Duration interval = settings.reload().interval();
        return new RegularLook(
                "sallyport-reload", settings.reload().watch(), interval, interval, new ReloadWatch(fresh, reloader));
    }

    @Bean
    ContractsEndpoint contractsEndpoint(Reloader reloader, ContractObservers observers) {
        return new ContractsEndpoint(() -> shown(reloader.now()), observers.ledger(), observers.watches(), reloader);
    }

    private static ContractsEndpoint.Serving shown(Generation now) {
        return new ContractsEndpoint.Serving(
                now.number(), now.since(), now.settings(), now.pack().catalog());
    }

    @Bean
    OpenApiEndpoint openApiEndpoint(Reloader reloader, BuildInfo build) {
        return new OpenApiEndpoint(
                () -> {
                    Generation now = reloader.now();
                    return new OpenApiEndpoint.Serving(now.settings().provider().pack(), now.pack());
                },
                build.version());
    }

    @Bean
    BuildInfo buildInfo() {
        return new BuildInfo();
    }
}

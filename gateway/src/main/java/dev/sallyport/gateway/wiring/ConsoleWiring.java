package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.gateway.assembly.ContractObservers;
import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.history.History;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Build;
import dev.sallyport.gateway.console.source.ConsoleSources.Reload;
import dev.sallyport.gateway.console.source.ConsoleSources.SpringSetting;
import dev.sallyport.gateway.console.source.ConsoleSources.WrittenSettings;
import dev.sallyport.gateway.drain.Drain;
import dev.sallyport.gateway.loop.LoopLag;
import dev.sallyport.gateway.management.RegularLook;
import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import dev.sallyport.gateway.management.console.Certificates;
import dev.sallyport.gateway.management.meters.BuildInfo;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the running parts to the console, which only reads them. */
@Configuration(proxyBeanMethods = false)
class ConsoleWiring {
    @Bean
    ConsoleSources.Contracts consoleContracts(Reloader reloader, ContractObservers observers) {
        return new ConsoleSources.Contracts(reloader::now, () -> reloader.last().map(ConsoleWiring::shown), observers);
    }

    @Bean
    ConsoleSources.Trust consoleTrust(JwksKeySource keys, Settings settings, SslBundles bundles) {
        var listed =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        return new ConsoleSources.Trust(keys, listed, new Certificates(bundles)::now);
    }

    @Bean
    ConsoleSources.Instance consoleInstance(
            BuildInfo build, StoreAccess store, LoopLag lag, Drain drain, FreshSettings fresh) {
        var runs = new Build(build.version(), build.commit(), Clock.systemUTC().instant());
        return new ConsoleSources.Instance(runs, store, lag, drain::hasBegun, () -> written(fresh));
    }

    private static WrittenSettings written(FreshSettings fresh) {
        var springs = fresh.springs().stream()
                .map(setting -> new SpringSetting(setting.key(), setting.value(), setting.source()))
                .toList();
        return new WrittenSettings(fresh.origins(), springs);
    }

    @Bean
    Console console(
            ConsoleSources.Contracts contracts,
            ConsoleSources.Trust trust,
            ConsoleSources.Instance instance,
            MeterRegistry registry) {
        return new Console(new ConsoleSources(contracts, trust, instance, registry, Clock.systemUTC()));
    }

    @Bean
    RegularLook consoleWatch(Console console, Settings settings) {
        return new RegularLook(
                "sallyport-console", settings.management().console(), Duration.ZERO, History.INTERVAL, console::look);
    }

    private static Reload shown(Report report) {
        return new Reload(
                report.at(),
                report.result() == Result.REFUSED,
                report.result().name().toLowerCase(Locale.ROOT),
                report.generation(),
                report.changed(),
                report.needRestart(),
                report.problems());
    }
}

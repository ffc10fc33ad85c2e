package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.gateway.assembly.ContractObservers;
import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.history.History;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Build;
import dev.sallyport.gateway.console.source.ConsoleSources.Change;
import dev.sallyport.gateway.console.source.ConsoleSources.Reload;
import dev.sallyport.gateway.console.source.ConsoleSources.SpringSetting;
import dev.sallyport.gateway.console.source.ConsoleSources.TemporaryMode;
import dev.sallyport.gateway.console.source.ConsoleSources.WrittenSettings;
import dev.sallyport.gateway.drain.Drain;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.loop.LoopLag;
import dev.sallyport.gateway.management.RegularLook;
import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import dev.sallyport.gateway.management.console.ActionAudit;
import dev.sallyport.gateway.management.console.Certificates;
import dev.sallyport.gateway.management.console.ConsoleAccess;
import dev.sallyport.gateway.management.console.ConsoleActions;
import dev.sallyport.gateway.management.login.BearerTokens;
import dev.sallyport.gateway.management.login.Logins;
import dev.sallyport.gateway.management.meters.BuildInfo;
import dev.sallyport.gateway.reload.ModeOverride;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the running parts to the console, and to those who sign in to it. */
@Configuration(proxyBeanMethods = false)
class ConsoleWiring {
    private static final Duration SOON = Duration.ofSeconds(1);

    @Bean
    ConsoleSources.Contracts consoleContracts(Reloader reloader, ContractObservers observers, ActionAudit audit) {
        var actions = new ConsoleSources.Actions(
                () -> reloader.overrides().stream().map(ConsoleWiring::shown).toList(), audit::latest);
        return new ConsoleSources.Contracts(
                reloader::now, () -> reloader.last().map(ConsoleWiring::shown), observers, actions);
    }

    @Bean
    Logins logins(Settings settings) {
        return new Logins(settings.management().tokenFile().map(Path::of).map(BearerTokens::new), Clock.systemUTC());
    }

    @Bean
    ActionAudit actionAudit(MeterRegistry registry, LineWindows windows) {
        return new ActionAudit(registry, windows);
    }

    @Bean
    ConsoleActions consoleActions(Reloader reloader, JwksKeySource keys, Settings settings, ActionAudit audit) {
        return new ConsoleActions(reloader, keys, listed(settings), audit, Clock.systemUTC());
    }

    @Bean
    ConsoleAccess consoleAccess(Settings settings, Logins logins, ActionAudit audit, ConsoleActions actions) {
        boolean mayAct = settings.management().consoleActions();
        boolean isSignIn = mayAct || logins.asksForToken();
        if (isSignIn) {
            audit.begin();
        }
        return new ConsoleAccess(
                Optional.of(logins).filter(any -> isSignIn),
                audit,
                Optional.of(actions).filter(any -> mayAct));
    }

    @Bean
    RegularLook temporaryModes(Settings settings, ConsoleActions actions) {
        return new RegularLook(
                "sallyport-modes", settings.management().consoleActions(), SOON, SOON, actions::endExpired);
    }

    @Bean
    ConsoleSources.Trust consoleTrust(JwksKeySource keys, Settings settings, SslBundles bundles) {
        return new ConsoleSources.Trust(keys, listed(settings), new Certificates(bundles)::now);
    }

    private static Set<String> listed(Settings settings) {
        return settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
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

    private static TemporaryMode shown(ModeOverride mode) {
        String door = mode.place().door().name().toLowerCase(Locale.ROOT);
        var change = new Change(door, mode.written().toString(), mode.mode().toString());
        return new TemporaryMode(mode.place().operation(), change, mode.loosens(), mode.since(), mode.until());
    }

    private static Reload shown(Report report) {
        return new Reload(
                report.at(),
                report.by() == By.FILES ? "files that changed" : "the endpoint",
                report.result() == Result.REFUSED,
                report.result().name().toLowerCase(Locale.ROOT),
                report.generation(),
                report.changed(),
                report.needRestart(),
                report.problems());
    }
}

package dev.sallyport.gateway.settings;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.bind.OwnSettings;
import dev.sallyport.gateway.settings.bind.ProblemCollector;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import dev.sallyport.gateway.settings.spring.SpringSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the settings of the product out of a Spring environment: our own, and what stands beside them of Spring's. */
public final class SettingsReader {
    private final OwnSettings own;

    /** Reads from an environment, as it is now. */
    public SettingsReader(ConfigurableEnvironment environment) {
        this.own = new OwnSettings(environment);
    }

    /** The settings; a {@link SettingsException} that lists what is wrong if they cannot be used. */
    public Settings read() {
        ProblemCollector bound = own.problems();
        @Nullable Settings settings = own.bound(bound);
        var springs = new SpringSettings(own.sources());
        List<SettingsProblem> unserved = springs.read(springsBinder(), bound);
        List<SettingsProblem> problems = new ArrayList<>(own.unknown(bound));
        problems.addAll(springs.unknownKeys());
        problems.addAll(bound.problems());
        unserved.stream().map(own::placed).forEach(problems::add);
        if (settings != null && problems.isEmpty()) {
            ownAddress().problems(settings.provider()).stream().map(own::placed).forEach(problems::add);
        }
        if (settings == null || !problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    /** As {@link OwnSettings#placing}. */
    public <T> T placing(Supplier<T> comparison) {
        return own.placing(comparison);
    }

    private OwnAddress ownAddress() {
        Binder springs = springsBinder();
        return new OwnAddress(
                springs.bind("server.port", Integer.class).orElse(0),
                springs.bind("server.address", InetAddress.class).orElse(null));
    }

    private Binder springsBinder() {
        return own.binder(ApplicationConversionService.getSharedInstance());
    }
}

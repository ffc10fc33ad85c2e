package dev.sallyport.gateway;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Spring's environment, prepared as for a start that is left before there are beans; for commands that only read settings. */
final class OfflineSettings {
    private OfflineSettings() {}

    /** What is made of the environment that these arguments give. */
    static <T> T read(List<String> arguments, Function<ConfigurableEnvironment, T> reading) {
        return read(arguments, reading, List.of(new EarlyCheck()));
    }

    /** The same, whatever else is wrong with the settings. */
    static <T> T unchecked(List<String> arguments, Function<ConfigurableEnvironment, T> reading) {
        return read(arguments, reading, List.of());
    }

    private static <T> T read(
            List<String> arguments, Function<ConfigurableEnvironment, T> reading, List<ApplicationListener<?>> checks) {
        StartLog.quiet();
        SpringApplication application = new SpringApplicationBuilder(OfflineSettings.class)
                .web(WebApplicationType.NONE)
                .contextFactory(type -> new GenericApplicationContext())
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .listeners(checks.toArray(ApplicationListener[]::new))
                .initializers(OfflineSettings::leave)
                .build();
        try {
            ConfigurableApplicationContext started = application.run(arguments.toArray(new String[0]));
            throw new IllegalStateException("a start went on where it was to be left: " + started);
        } catch (AbandonedRunException left) {
            return reading.apply(
                    Objects.requireNonNull(left.getApplicationContext()).getEnvironment());
        } finally {
            LoggingSystem.get(OfflineSettings.class.getClassLoader()).cleanUp();
        }
    }

    /** Spring has bound by now what it takes of the environment for itself. */
    private static void leave(ConfigurableApplicationContext prepared) {
        throw new AbandonedRunException(prepared);
    }
}

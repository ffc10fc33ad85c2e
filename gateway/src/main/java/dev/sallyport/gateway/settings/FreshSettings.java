package dev.sallyport.gateway.settings;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.bind.OwnSettings;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import dev.sallyport.gateway.settings.spring.WrittenSettings;
import dev.sallyport.gateway.settings.spring.WrittenSettings.Written;
import dev.sallyport.gateway.tls.ClientCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads the settings again while the gateway runs: settings files anew, what came from the command line and the environment
 * as it was at the start. Blocks; not for event loops.
 */
public final class FreshSettings {
    private static final String NAMED = "spring.config.additional-location";

    private final ConfigurableEnvironment started;
    private volatile ConfigurableEnvironment last;

    /** Settings of a started gateway. */
    public FreshSettings(ConfigurableEnvironment started) {
        this.started = started;
        this.last = started;
    }

    /** The settings as they are written now; a {@link SettingsException} if they cannot be used. */
    public Settings read() {
        ConfigurableEnvironment environment = environment();
        last = environment;
        var reader = new SettingsReader(environment);
        Settings settings = reader.read();
        return reader.placing(() -> {
            ClientCertificates.check(started, settings); // the server goes on as it began
            return settings;
        });
    }

    /** As {@link SettingsReader#placing}, by the settings that were read last. */
    public <T> T placing(Supplier<T> comparison) {
        return new SettingsReader(last).placing(comparison);
    }

    /** Tells where a key was written that was read last: file, line and column, or the variable. Empty of one that was not. */
    public UnaryOperator<String> origins() {
        var written = new OwnSettings(last);
        return key -> written.placed(new SettingsProblem(key, "", "")).place();
    }

    /** Spring's own settings that were written, as they were read last; values that may be secrets are left out. */
    public List<Written> springs() {
        return WrittenSettings.in(new OwnSettings(last).sources());
    }

    /** The settings files: the one that was named at the start, empty as it may be, and all that were read last. */
    public Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        named().ifPresent(files::add);
        last.getPropertySources().forEach(source -> addFile(source, files));
        return files;
    }

    private Optional<Path> named() {
        String named = started.getProperty(NAMED, "");
        return named.startsWith("file:") ? Optional.of(Path.of(URI.create(named))) : Optional.empty();
    }

    private ConfigurableEnvironment environment() {
        var environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        started.getPropertySources().stream().filter(FreshSettings::stays).forEach(sources::addLast);
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    /** Files are read anew; their sources, and the environment's, can tell where a value was written. Spring's view over all is not one. */
    private static boolean stays(PropertySource<?> source) {
        String name = source.getName();
        boolean environment = name.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        boolean file = source instanceof OriginLookup<?> && !environment;
        return !file && !name.equals("configurationProperties");
    }

    /** All properties of a source are written in the same file, but those of a tree, which has one for each, and may get more. */
    private static void addFile(PropertySource<?> source, Set<Path> files) {
        if (!(source instanceof EnumerablePropertySource<?> listed)) {
            return;
        }
        String[] names = listed.getPropertyNames();
        if (source instanceof ConfigTreePropertySource tree) {
            files.add(tree.getSource().toAbsolutePath());
            Stream.of(names).forEach(name -> addFile(OriginLookup.getOrigin(source, name), files));
        } else if (names.length > 0) {
            addFile(OriginLookup.getOrigin(source, names[0]), files);
        }
    }

    private static void addFile(@Nullable Origin origin, Set<Path> files) {
        if (origin instanceof TextResourceOrigin text && text.getResource() != null) {
            try {
                files.add(text.getResource().getFile().toPath().toAbsolutePath());
            } catch (IOException inAJar) {
                return;
            }
        }
    }
}

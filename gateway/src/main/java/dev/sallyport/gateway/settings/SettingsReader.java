package dev.sallyport.gateway.settings;

import dev.sallyport.config.Settings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Secret;
import dev.sallyport.gateway.settings.problem.Durations;
import dev.sallyport.gateway.settings.problem.PropertyOrigin;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import dev.sallyport.gateway.settings.spring.SpringSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Reads the settings out of a Spring environment, with Spring's own rules for names, precedence and placeholders. It goes
 * on after a mistake, so that an operator sees all of them at once; of one record, only the first bad value.
 */
public final class SettingsReader {
    private static final KnownKeys KNOWN = new KnownKeys(Settings.class);
    private static final ConversionService OURS = conversionsOfOurs();

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    /** Reads from an environment, as it is now. */
    public SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
        ConfigurationPropertySources.from(environment.getPropertySources())
                .forEach(source -> sources.add(source.withAliases(YamlOn.ALIASES)));
    }

    /** The settings; a {@link SettingsException} that lists what is wrong if they cannot be used. */
    public Settings read() {
        var bound = new ProblemCollector(sources);
        @Nullable Settings settings = binder(OURS).bindOrCreate(Settings.PREFIX, Bindable.of(Settings.class), bound);
        var springs = new SpringSettings(sources);
        List<SettingsProblem> unserved = springs.read(binder(ApplicationConversionService.getSharedInstance()), bound);
        List<SettingsProblem> problems = new ArrayList<>(new UnknownSettings(KNOWN).in(sources));
        new UnknownSettings(KNOWN)
                .valueOfSection(sources)
                .filter(problem -> !bound.isNoted(Settings.PREFIX))
                .ifPresent(problems::add);
        problems.addAll(springs.unknownKeys());
        problems.addAll(bound.problems());
        unserved.stream().map(new PropertyOrigin(sources)::placed).forEach(problems::add);
        if (settings != null && problems.isEmpty()) {
            ownAddress().problems(settings.provider()).stream()
                    .map(new PropertyOrigin(sources)::placed)
                    .forEach(problems::add);
        }
        if (settings == null || !problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    /**
     * What holds the settings against something else, such as the contract pack: where it finds one wrong, the place of that
     * setting is added.
     */
    public <T> T placing(Supplier<T> comparison) {
        List<SettingsProblem> problems;
        try {
            return comparison.get();
        } catch (SettingsException wrong) {
            problems = wrong.problems();
        } catch (InvalidSetting wrong) {
            problems = List.of(new SettingsProblem(wrong.key(), "", String.valueOf(wrong.getMessage())));
        }
        throw new SettingsException(
                problems.stream().map(new PropertyOrigin(sources)::placed).toList());
    }

    private OwnAddress ownAddress() {
        Binder springs = binder(ApplicationConversionService.getSharedInstance());
        return new OwnAddress(
                springs.bind("server.port", Integer.class).orElse(0),
                springs.bind("server.address", InetAddress.class).orElse(null));
    }

    private Binder binder(ConversionService conversions) {
        return new Binder(sources, placeholders(), conversions);
    }

    /** Spring's own would leave the placeholder itself in place of a value that is not there. */
    private PlaceholdersResolver placeholders() {
        var strict = new PropertyPlaceholderHelper(
                SystemPropertyUtils.PLACEHOLDER_PREFIX,
                SystemPropertyUtils.PLACEHOLDER_SUFFIX,
                SystemPropertyUtils.VALUE_SEPARATOR,
                SystemPropertyUtils.ESCAPE_CHARACTER,
                false);
        return new PropertySourcesPlaceholdersResolver(environment.getPropertySources(), strict);
    }

    /** YAML hands over a bare number as a number. */
    private static ConversionService conversionsOfOurs() {
        var conversions = new ApplicationConversionService();
        conversions.addConverter(String.class, ByteSize.class, ByteSize::parse);
        conversions.addConverter(Number.class, ByteSize.class, bytes -> ByteSize.parse(bytes.toString()));
        conversions.addConverter(String.class, Percent.class, Percent::parse);
        conversions.addConverter(Number.class, Percent.class, share -> Percent.parse(share.toString()));
        conversions.addConverter(String.class, Duration.class, Durations::parse);
        conversions.addConverter(Number.class, Duration.class, bare -> Durations.parse(bare.toString()));
        conversions.addConverter(String.class, Secret.class, Secret::of);
        conversions.addConverter(Number.class, Secret.class, digits -> Secret.of(digits.toString()));
        conversions.addConverter(Boolean.class, Secret.class, word -> Secret.of(word.toString()));
        conversions.addConverter(String.class, LimitKey.class, LimitKey::parse);
        conversions.addConverter(String.class, StoreUrl.class, StoreUrl::parse);
        conversions.addConverter(String.class, ModeSettings.class, ModeSettings::parse);
        conversions.addConverter(Boolean.class, ModeSettings.class, yaml -> ModeSettings.parse(yaml.toString()));
        return conversions;
    }
}

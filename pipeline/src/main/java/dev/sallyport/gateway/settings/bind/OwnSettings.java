package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CertificateName;
import dev.sallyport.config.caller.KeyHash;
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
 * Our own settings in a Spring environment, with Spring's own rules for names, precedence and placeholders. Binding goes on after
 * a mistake, so that an operator sees all of them at once; of one record, only the first bad value.
 */
public final class OwnSettings {
    private static final KnownKeys KNOWN = new KnownKeys(Settings.class);
    private static final ConversionService OURS = conversionsOfOurs();

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    /** Those of an environment, as it is now. */
    public OwnSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
        ConfigurationPropertySources.from(environment.getPropertySources())
                .forEach(source -> sources.add(source.withAliases(YamlOn.ALIASES)));
    }

    /** Where they may be written, most important first. */
    public List<ConfigurationPropertySource> sources() {
        return List.copyOf(sources);
    }

    /** What notes the problems of one reading. */
    public ProblemCollector problems() {
        return new ProblemCollector(sources);
    }

    /** The settings; null, or with defaults where there are problems. */
    public @Nullable Settings bound(ProblemCollector problems) {
        return binder(OURS).bindOrCreate(Settings.PREFIX, Bindable.of(Settings.class), problems);
    }

    /**
     * Keys of ours that no record takes.
     *
     * @param bound what binding has noted
     */
    public List<SettingsProblem> unknown(ProblemCollector bound) {
        var unknown = new UnknownSettings(KNOWN);
        List<SettingsProblem> problems = new ArrayList<>(unknown.in(sources));
        unknown.valueOfSection(sources)
                .filter(problem -> !bound.isNoted(Settings.PREFIX))
                .ifPresent(problems::add);
        return problems;
    }

    /** A problem with the place where its key was written. */
    public SettingsProblem placed(SettingsProblem problem) {
        return new PropertyOrigin(sources).placed(problem);
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
        throw new SettingsException(problems.stream().map(this::placed).toList());
    }

    /** Binds what stands in the same places. */
    public Binder binder(ConversionService conversions) {
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
        conversions.addConverter(String.class, KeyHash.class, KeyHash::parse);
        conversions.addConverter(String.class, CertificateName.class, CertificateName::parse);
        conversions.addConverter(String.class, StoreUrl.class, StoreUrl::parse);
        conversions.addConverter(String.class, ModeSettings.class, ModeSettings::parse);
        conversions.addConverter(Boolean.class, ModeSettings.class, yaml -> ModeSettings.parse(yaml.toString()));
        conversions.addConverter(new OtherCallsWord());
        return conversions;
    }
}

package dev.sallyport.gateway.settings.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.RandomValuePropertySource;

/**
 * Which keys are set. Spring's libraries take more than a thousand and an operator sets a few, while a source that is asked for
 * one tries several spellings of it; so the names that sources list are looked at first.
 */
final class SetKeys {
    private final List<ConfigurationPropertySource> sources;
    private final List<ConfigurationPropertySource> unlisted = new ArrayList<>();
    private final NavigableSet<String> listed = new TreeSet<>();

    /**
     * A key to be asked for.
     *
     * @param letters what all spellings of it have in common: dots and dashes are underscores in a variable, or left out
     */
    record Key(ConfigurationPropertyName name, String letters) {
        static Key of(String key) {
            var name = ConfigurationPropertyName.of(key);
            return new Key(name, letters(name));
        }

        private static String letters(ConfigurationPropertyName name) {
            var letters = new StringBuilder();
            name.toString()
                    .chars()
                    .filter(Character::isLetterOrDigit)
                    .map(Character::toLowerCase)
                    .forEach(letters::appendCodePoint);
            return letters.toString();
        }
    }

    SetKeys(List<ConfigurationPropertySource> sources) {
        this.sources = sources;
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource names) {
                names.forEach(name -> listed.add(Key.letters(name)));
            } else if (!(source.getUnderlyingSource() instanceof RandomValuePropertySource)) {
                unlisted.add(source);
            }
        }
    }

    /** Whether the key or one below it is set. */
    boolean contains(Key key) {
        @Nullable String next = listed.ceiling(key.letters());
        boolean isLikely = next != null && next.startsWith(key.letters());
        return (isLikely ? sources : unlisted)
                .stream()
                        .anyMatch(source -> source.getConfigurationProperty(key.name()) != null
                                || source.containsDescendantOf(key.name()) == ConfigurationPropertyState.PRESENT);
    }
}

package dev.sallyport.gateway.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * One key, in its dashed form.
 *
 * @param path with {@code []} for the items of a list and {@code .*} for the rest of a key below a map
 * @param isValue whether a value stands there, rather than a section or a list
 */
record KnownKey(String path, boolean isValue) {
    static final String ITEM = "[]";
    static final String ANY = ".*";

    /** Whether a name means this key, by Spring's relaxed rules: dashes and case do not count. */
    boolean isNamedBy(ConfigurationPropertyName name) {
        String relaxed = uniform(name.toString());
        String form =
                Pattern.quote(uniform(path)).replace(ITEM, "\\E\\[\\d+]\\Q").replace(ANY, "\\E[.\\[].+\\Q");
        return Pattern.matches(form, relaxed);
    }

    /** Whether an environment variable means this key. Spring reads a dash there as nothing or as an underscore. */
    boolean isSetBy(String variable) {
        return matches(variable, path.replace("-", "")) || matches(variable, path.replace('-', '_'));
    }

    /** The environment variable for it, for the first item of a list. */
    String variable() {
        return path.replace("-", "")
                .replace(ITEM, "_0")
                .replace(ANY, "_OPERATION")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }

    private static boolean matches(String variable, String path) {
        String form = path.replace(ITEM, "_\\d+_?")
                .replace(ANY, "_\\w+")
                .replace('.', '_')
                .replace("_?_", "_");
        return Pattern.compile(form, Pattern.CASE_INSENSITIVE).matcher(variable).matches();
    }

    private static String uniform(String key) {
        return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}

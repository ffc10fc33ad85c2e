package dev.sallyport.gateway.settings.bind;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * One key, in its dashed form.
 *
 * @param path with {@code []} for the items of a list and {@code .*} for the rest of a key below a map
 * @param isValue whether a value stands there, rather than a section or a list
 * @param names by which it is meant, once they are uniform
 */
record KnownKey(String path, boolean isValue, Pattern names) {
    static final String ITEM = "[]";
    static final String ANY = ".*";

    KnownKey(String path, boolean isValue) {
        this(path, isValue, names(path));
    }

    private static Pattern names(String path) {
        return Pattern.compile(
                Pattern.quote(uniform(path)).replace(ITEM, "\\E\\[\\d+]\\Q").replace(ANY, "\\E[.\\[].+\\Q"));
    }

    /** Whether a name means this key, by Spring's relaxed rules: dashes and case do not count. */
    boolean isNamedBy(ConfigurationPropertyName name) {
        return names.matcher(uniform(name.toString())).matches();
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

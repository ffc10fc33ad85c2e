package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A route for calls of the provider that no contract knows, in the short form of Spring Cloud Gateway's own words.
 *
 * @param id shown in metrics and the log
 * @param predicates what the route takes, such as {@code Path=/v1/users/**}; one of them says the paths
 * @param filters what is done to its calls and answers, such as {@code AddRequestHeader=X-Source, gateway}; default nothing
 */
public record OtherCallSettings(String id, List<String> predicates, List<String> filters) {
    /** Where all of them stand. */
    public static final String KEY = "sallyport.other-calls";

    private static final String OF_ONE = KEY + "[].";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern STEP = Pattern.compile("\\w+=.+");
    private static final String PATHS = "Path=";

    public OtherCallSettings {
        id = Require.present(OF_ONE + "id", id, "a name for the route");
        predicates = Require.copy(predicates);
        filters = Require.copy(filters);
        if (!ID.matcher(id).matches()) {
            throw new InvalidSetting(
                    OF_ONE + "id", "1 to 64 of a-z, 0-9, dots, dashes and underscores, a letter or digit first", id);
        }
        predicates.stream()
                .filter(predicate -> !STEP.matcher(predicate).matches())
                .forEach(wrong -> {
                    throw new InvalidSetting(OF_ONE + "predicates", "written Name=arguments, each in quotes", wrong);
                });
        if (predicates.stream().noneMatch(predicate -> predicate.startsWith(PATHS))) {
            throw new InvalidSetting(
                    OF_ONE + "predicates",
                    "a list with the paths that the route takes in it, such as Path=/v1/users/**",
                    predicates.isEmpty() ? "missing" : String.join("; ", predicates));
        }
    }
}

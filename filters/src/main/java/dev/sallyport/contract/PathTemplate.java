package dev.sallyport.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * The path of an operation: exact, but for steps of the form {@code {…}}, each of which stands for one step of any text.
 *
 * @param text as the catalog writes it
 * @param project the name of the step that is the project; null if none is
 */
public record PathTemplate(String text, @Nullable String project) {
    /** One in which a step that stands alone names the project. */
    public static PathTemplate of(String text) {
        List<String> placeholders = placeholders(text);
        return new PathTemplate(text, placeholders.size() == 1 ? placeholders.get(0) : null);
    }

    /** The names of the steps that are not exact, in their order. */
    public static List<String> placeholders(String text) {
        List<String> names = new ArrayList<>();
        for (String step : text.split("/", -1)) {
            if (isPlaceholder(step)) {
                names.add(step.substring(1, step.length() - 1));
            }
        }
        return names;
    }

    private static boolean isPlaceholder(String step) {
        return step.startsWith("{") && step.endsWith("}");
    }

    /** Whether it is the one path that it is. */
    public boolean isExact() {
        return text.indexOf('{') < 0;
    }

    /** The same for all templates that name the same paths. */
    public String shape() {
        return text.replaceAll("\\{[^}/]*}", "{}");
    }

    /** Whether a concrete path is one of these. */
    public boolean matches(String concrete) {
        int at = 0;
        int wanted = 0;
        while (true) {
            int end = end(concrete, at);
            int wantedEnd = end(text, wanted);
            boolean any = text.startsWith("{", wanted);
            boolean same = any
                    ? end > at
                    : end - at == wantedEnd - wanted && concrete.regionMatches(at, text, wanted, end - at);
            if (!same) {
                return false;
            }
            if (end == concrete.length() || wantedEnd == text.length()) {
                return end == concrete.length() && wantedEnd == text.length();
            }
            at = end + 1;
            wanted = wantedEnd + 1;
        }
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** The project that a concrete path names; empty if it is none of these, or they name none. */
    public Optional<String> projectIn(String concrete) {
        return project == null ? Optional.empty() : step(project, concrete);
    }

    /** What stands in a concrete path where this has a step of such a name; empty if it is none of these, or they have none. */
    public Optional<String> step(String name, String concrete) {
        int step = List.of(text.split("/", -1)).indexOf("{" + name + "}");
        return step < 0 || !matches(concrete) ? Optional.empty() : Optional.of(concrete.split("/", -1)[step]);
    }

    /** The path for a project. */
    public String pathFor(String id) {
        return project == null
                ? text
                : text.replaceFirst("\\{" + java.util.regex.Pattern.quote(project) + "}", Matcher.quoteReplacement(id));
    }
}

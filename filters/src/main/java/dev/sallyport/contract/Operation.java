package dev.sallyport.contract;

import java.util.Optional;

/**
 * One provider endpoint that we front.
 *
 * @param id such as {@code b2b.sessions.exchange}
 * @param method the one HTTP method it takes
 * @param path the exact path; one step may be {@code {…}}, which then names the project
 */
public record Operation(String id, String method, String path) {
    /** Whether calls carry a body. Of the others the query is checked, if the pack has a schema for it. */
    public boolean hasBody() {
        return method.equals("POST");
    }

    /** The project that a concrete path names, if it is a path of this operation. */
    public Optional<String> projectIn(String concrete) {
        int open = path.indexOf('{');
        String before = path.substring(0, open);
        String after = path.substring(path.indexOf('}') + 1);
        if (!concrete.startsWith(before) || !concrete.endsWith(after)) {
            return Optional.empty();
        }
        int end = concrete.length() - after.length();
        String step = end > open ? concrete.substring(open, end) : "";
        return step.isEmpty() || step.contains("/") ? Optional.empty() : Optional.of(step);
    }

    /** Whether a step of the path names the project. */
    public boolean namesProject() {
        return path.indexOf('{') >= 0;
    }

    /** The path for a project. */
    public String pathFor(String project) {
        return path.replaceAll("\\{[^}]*}", java.util.regex.Matcher.quoteReplacement(project));
    }
}

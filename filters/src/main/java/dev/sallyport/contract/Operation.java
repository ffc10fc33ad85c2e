package dev.sallyport.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.contract.pack.Catalog;
import java.util.Locale;
import java.util.Optional;

/**
 * One provider endpoint that we front.
 *
 * @param id such as {@code b2b.sessions.exchange}
 * @param method the one HTTP method it takes
 * @param path the exact path; one step may be {@code {…}}, which then names the project
 * @param query what becomes of a query that the contract says nothing of
 * @param priority which of its calls are refused first when not all can be served
 * @param takesIdempotencyKey whether a call with an {@code Idempotency-Key} is made once
 */
public record Operation(
        String id, String method, String path, Query query, Priority priority, boolean takesIdempotencyKey) {
    /** What becomes of a query. */
    public enum Query {
        /** It breaks the contract. */
        REFUSE,
        /** It is accepted, and goes no further. */
        IGNORE,
        /** It goes on as it was written, checked if the pack has a schema for it. */
        PASS;

        /** As a catalog writes it. */
        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An operation that takes no query. */
    public Operation(String id, String method, String path) {
        this(id, method, path, Query.REFUSE);
    }

    /** An operation like most. */
    public Operation(String id, String method, String path, Query query) {
        this(id, method, path, query, Priority.NORMAL, false);
    }

    /**
     * Whether a call comes with a query where the contract knows of none.
     *
     * @param target path and query, as the caller wrote them
     */
    public boolean refusesQueryOf(String target) {
        return query == Query.REFUSE && target.indexOf('?') >= 0;
    }

    /** Where the contract says what becomes of a query, as violations name it. */
    public String queryPlace() {
        return Catalog.FILE + "#/operations/" + id + "/query";
    }

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

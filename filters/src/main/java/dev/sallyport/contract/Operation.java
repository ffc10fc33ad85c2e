package dev.sallyport.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.contract.pack.Catalog;
import java.util.Locale;

/**
 * One provider endpoint that we front.
 *
 * @param id such as {@code b2b.sessions.exchange}
 * @param method the one HTTP method it takes; its paths may be those of other operations, with other methods
 * @param template its paths
 * @param query what becomes of a query that the contract says nothing of
 * @param priority which of its calls are refused first when not all can be served
 * @param takesIdempotencyKey whether a call with an {@code Idempotency-Key} is made once
 */
public record Operation(
        String id, String method, PathTemplate template, Query query, Priority priority, boolean takesIdempotencyKey) {
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
        this(id, method, PathTemplate.of(path), query);
    }

    /** One whose path may name something else than the project. */
    public Operation(String id, String method, PathTemplate template, Query query) {
        this(id, method, template, query, Priority.NORMAL, false);
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

    /** The path as the catalog writes it. */
    public String path() {
        return template.text();
    }

    /** Whether a step of the path names the project. */
    public boolean namesProject() {
        return template.project() != null;
    }

    /** The path for a project. */
    public String pathFor(String project) {
        return template.pathFor(project);
    }
}

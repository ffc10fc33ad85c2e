package dev.sallyport.tools.openapi.document;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the document does not say.
 *
 * @param serverPath the path that stands before those of the document; null for that of its servers
 * @param projectSteps names of the path placeholder that names the project
 * @param errors what refusals look like
 * @param nullForAbsent whether null may stand for a member that need not be there
 * @param openEnums whether values that a list does not have pass as well
 */
public record ImportOptions(
        @Nullable String serverPath,
        Set<String> projectSteps,
        Errors errors,
        boolean nullForAbsent,
        boolean openEnums) {
    /** Stands where no other was given. */
    public static final String NO_ERROR_URL = "about:blank";

    /** Nothing is said beside the document. */
    public static final ImportOptions NONE =
            new ImportOptions(null, Set.of("project_id", "projectId", "project"), NO_ERROR_URL, false, false);

    /**
     * What the document does not say of errors.
     *
     * @param url the {@code error_url} of refusals, with {@code {status}}
     * @param members what stands in an error, by JSON Pointer: texts with the placeholders of a catalog's {@code errors.body}
     */
    public record Errors(String url, Map<String, String> members) {
        public Errors {
            members = Collections.unmodifiableMap(new TreeMap<>(members));
        }
    }

    /** Of a document whose errors are not known. */
    public ImportOptions(
            @Nullable String serverPath,
            Set<String> projectSteps,
            String errorUrl,
            boolean nullForAbsent,
            boolean openEnums) {
        this(serverPath, projectSteps, new Errors(errorUrl, Map.of()), nullForAbsent, openEnums);
    }

    public ImportOptions {
        projectSteps = Set.copyOf(projectSteps);
    }
}

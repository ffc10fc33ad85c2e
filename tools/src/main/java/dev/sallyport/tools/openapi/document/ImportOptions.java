package dev.sallyport.tools.openapi.document;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the document does not say.
 *
 * @param serverPath the path that stands before those of the document; null for that of its servers
 * @param projectSteps names of the path placeholder that names the project
 * @param errorUrl the {@code error_url} of refusals, with {@code {status}}
 * @param nullForAbsent whether null may stand for a member that need not be there
 * @param openEnums whether values that a list does not have pass as well
 */
public record ImportOptions(
        @Nullable String serverPath,
        Set<String> projectSteps,
        String errorUrl,
        boolean nullForAbsent,
        boolean openEnums) {
    /** Stands where no other was given. */
    public static final String NO_ERROR_URL = "about:blank";

    /** Nothing is said beside the document. */
    public static final ImportOptions NONE =
            new ImportOptions(null, Set.of("project_id", "projectId", "project"), NO_ERROR_URL, false, false);

    public ImportOptions {
        projectSteps = Set.copyOf(projectSteps);
    }
}

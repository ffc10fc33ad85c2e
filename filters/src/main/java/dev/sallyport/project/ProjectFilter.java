package dev.sallyport.project;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Refuses calls for projects that the operator did not list. A call that names none is refused as well: credentials that are
 * read in one way here and in another by the provider must not get past the list.
 */
public final class ProjectFilter implements Filter<Call> {
    private static final Rejection UNLISTED =
            Rejection.of(Reason.UNKNOWN_PROJECT, "This project may not be called through this gateway.");

    private static final Rejection NONE = Rejection.of(
            Reason.UNKNOWN_PROJECT,
            "The call must name a project that may be called through this gateway; its credentials name none.");

    private static final Rejection DIFFERENT = Rejection.of(
            Reason.UNKNOWN_PROJECT,
            "The call must name one project that may be called through this gateway; its path and its credentials name "
                    + "different ones.");

    private final Set<String> projects;
    private final Rejection withoutProject;

    /**
     * Lets calls for these projects through.
     *
     * @param isInPath whether the operation's path names a project: a call that has none then named another one besides
     */
    public ProjectFilter(Set<String> projects, boolean isInPath) {
        this.projects = Set.copyOf(projects);
        this.withoutProject = isInPath ? DIFFERENT : NONE;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        if (call.project() == null) {
            return Mono.just(new Refusal(withoutProject));
        }
        return projects.contains(call.project()) ? next.send(call) : Mono.just(new Refusal(UNLISTED));
    }

    @Override
    public String toString() {
        return "projects(" + projects.size() + " listed)";
    }
}

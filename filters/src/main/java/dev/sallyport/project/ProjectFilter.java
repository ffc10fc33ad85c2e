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
 * Refuses calls for projects that the operator did not list. A call that names none goes on: the provider says best what is
 * wrong with it.
 */
public final class ProjectFilter implements Filter {
    private static final Rejection UNLISTED =
            Rejection.of(Reason.UNKNOWN_PROJECT, "This project may not be called through this gateway.");

    private final Set<String> projects;

    /** Lets calls for these projects through. */
    public ProjectFilter(Set<String> projects) {
        this.projects = Set.copyOf(projects);
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream next) {
        boolean listed = call.project() == null || projects.contains(call.project());
        return listed ? next.send(call) : Mono.just(new Refusal(UNLISTED));
    }

    @Override
    public String toString() {
        return "projects(" + projects.size() + " listed)";
    }
}

package dev.sallyport.gateway.edge;

import dev.sallyport.call.Call;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which operation a path names. Only the exact path does; nothing is decoded, folded or completed. Immutable. */
public final class Routes {
    private final Map<String, Route> exact = new HashMap<>();
    private final List<Route> withProject = new ArrayList<>();
    private final ContractedPaths contracted;
    private final String methods;

    /**
     * An operation and the pipeline that answers its calls.
     *
     * @param credentials names in lower case of a caller's fields, beside {@code Authorization}, that always go on
     * @param deadline what a call has at most, from its head to its answer
     */
    public record Route(Operation operation, Set<String> credentials, Duration deadline, Upstream<Call> pipeline) {}

    /**
     * What a path leads to.
     *
     * @param project the project that the path names, if the operation's paths do
     */
    public record Match(Route route, @Nullable String project) {}

    /** Routes for all operations of a pack. */
    public Routes(List<Route> routes) {
        for (Route route : routes) {
            if (route.operation().namesProject()) {
                withProject.add(route);
            } else {
                exact.put(route.operation().path(), route);
            }
        }
        this.contracted =
                new ContractedPaths(routes.stream().map(Route::operation).toList());
        this.methods = routes.stream()
                .map(route -> route.operation().method())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * What {@code Allow} says of a path (RFC 9110, 10.2.1): the one method of its operation. Where a path leads nowhere, or is
     * none, those that the server takes at all.
     */
    public String methods(String path) {
        @Nullable Match match = find(path);
        return match == null ? methods : match.route().operation().method();
    }

    /** The path of a request target, without its query. */
    public static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Whether credentials name the project: they do where there are paths that name none. */
    public boolean credentialsNameProjects() {
        return !exact.isEmpty();
    }

    /**
     * Whether a path is none of an operation's, however a server may read it: it is written in its normal form, and not like one.
     */
    public boolean isFree(String path) {
        return NormalPath.is(path) && !contracted.mayBeMeantBy(path);
    }

    /** What a path leads to, or null. */
    public @Nullable Match find(String path) {
        @Nullable Route route = exact.get(path);
        if (route != null) {
            return new Match(route, null);
        }
        for (Route candidate : withProject) {
            var project = candidate.operation().projectIn(path);
            if (project.isPresent()) {
                return new Match(candidate, project.get());
            }
        }
        return null;
    }

    /** The routes, for a person or a golden file: each operation and its assembled pipeline. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        List<Route> all = new ArrayList<>(exact.values());
        all.addAll(withProject);
        all.sort(java.util.Comparator.comparing(route -> route.operation().id()));
        for (Route route : all) {
            var operation = route.operation();
            text.append(operation.id())
                    .append("  ")
                    .append(operation.method())
                    .append(' ')
                    .append(operation.path());
            text.append("\n  ")
                    .append(route.pipeline().toString().replace("\n", "\n  "))
                    .append("\n\n");
        }
        return text.toString();
    }
}

package dev.sallyport.gateway.edge;

import dev.sallyport.call.Call;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.gateway.http.header.BasicCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which operation a path names. Only the exact path does; nothing is decoded, folded or completed. Immutable. */
public final class Routes {
    /** Comes behind every character of a path. */
    private static final String ANY = "\uffff";

    private final List<Route> routes;
    private final Map<String, List<Route>> exact = new HashMap<>();
    private final List<List<Route>> templates;
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
        this.routes = routes.stream()
                .sorted(Comparator.comparing(route -> route.operation().id()))
                .toList();
        Map<String, List<Route>> byShape = new TreeMap<>(Routes::moreExactFirst);
        for (Route route : this.routes) {
            PathTemplate template = route.operation().template();
            (template.isExact() ? exact : byShape)
                    .computeIfAbsent(template.shape(), shape -> new ArrayList<>())
                    .add(route);
        }
        this.templates = List.copyOf(byShape.values());
        this.contracted =
                new ContractedPaths(routes.stream().map(Route::operation).toList());
        this.methods = methods(routes);
    }

    /** Of two templates that a path may be of, the one with the earlier exact step is meant, as OpenAPI has it. */
    private static int moreExactFirst(String shape, String other) {
        return shape.replace("{}", ANY).compareTo(other.replace("{}", ANY));
    }

    private static String methods(List<Route> routes) {
        return routes.stream()
                .map(route -> route.operation().method())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * What {@code Allow} says of a path (RFC 9110, 10.2.1): the methods of its operations. Where a path leads nowhere, or is none,
     * those that the server takes at all.
     */
    public String methods(String path) {
        List<Route> at = at(path);
        return at.isEmpty() ? methods : methods(at);
    }

    /** The path of a request target, without its query. */
    public static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * The project of a call; null if it names none. Credentials name one where there are paths that do not; a call that names two,
     * by path and by credentials, names none.
     */
    public @Nullable String project(Match match, Headers headers) {
        @Nullable String inPath = match.project();
        if (inPath != null && !credentialsNameProjects()) {
            return inPath;
        }
        @Nullable String inCredentials = BasicCredentials.userName(headers);
        boolean agree = inPath == null || inCredentials == null || inPath.equals(inCredentials);
        if (!agree) {
            return null;
        }
        return inPath == null ? inCredentials : inPath;
    }

    /** Whether credentials name the project: they do where there are paths that name none. */
    boolean credentialsNameProjects() {
        return routes.stream().anyMatch(route -> !route.operation().namesProject());
    }

    /** The route of an operation. */
    public Optional<Route> ofOperation(String id) {
        return routes.stream()
                .filter(route -> route.operation().id().equals(id))
                .findFirst();
    }

    /** The ids of all operations, in their order. */
    public List<String> operations() {
        return routes.stream().map(route -> route.operation().id()).toList();
    }

    /**
     * Whether a path is none of an operation's, however a server may read it: it is written in its normal form, and not like one.
     */
    public boolean isFree(String path) {
        return NormalPath.is(path) && !contracted.mayBeMeantBy(path);
    }

    /** What a request leads to, or null. With a method that no operation of its path has, to one of them, which does not take it. */
    public @Nullable Match find(String path, String method) {
        List<Route> at = at(path);
        for (Route route : at) {
            if (route.operation().method().equals(method)) {
                return match(route, path);
            }
        }
        return at.isEmpty() ? null : match(at.get(0), path);
    }

    private List<Route> at(String path) {
        @Nullable List<Route> same = exact.get(path);
        if (same != null) {
            return same;
        }
        for (List<Route> candidates : templates) {
            if (candidates.get(0).operation().template().matches(path)) {
                return candidates;
            }
        }
        return List.of();
    }

    private static Match match(Route route, String path) {
        return new Match(route, route.operation().template().projectIn(path).orElse(null));
    }

    /** The routes, for a person or a golden file: each operation and its assembled pipeline. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Route route : routes) {
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

package dev.sallyport.contract.pack;

import dev.sallyport.contract.PathTemplate;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.pack.Catalog.LookupEntry;
import dev.sallyport.contract.pack.Catalog.OperationEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the names, methods and paths of a catalog against what can be served and called. A pack that is wrong has to be found out
 * while it is loaded: connecting its operations later must not fail half-way.
 */
final class Endpoints {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** Characters of a path (RFC 3986, 3.3). */
    private static final String LEGAL = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";

    /** A folder's on any system, and one that a reload looks at: hidden ones are not the pack's. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*+");

    private static final Pattern PATH = Pattern.compile("(?:/" + LEGAL + "*+)++");
    private static final Pattern STEP = Pattern.compile("/\\{[A-Za-z0-9_.-]+\\}(?=/|$)");

    private final PackFiles files;
    private final Map<String, String> byPath = new HashMap<>();
    private final PackProblems found = new PackProblems();

    private Endpoints(PackFiles files) {
        this.files = files;
    }

    /** Throws a {@link PackProblem} about all that are wrong, if any is. */
    static void check(PackFiles files, Catalog catalog) {
        var endpoints = new Endpoints(files);
        catalog.operations().forEach(endpoints::operation);
        @Nullable LookupEntry lookup = catalog.fingerprintLookup();
        if (lookup != null) {
            endpoints.lookup(lookup);
        }
        endpoints.found.stopIfAny();
    }

    private void operation(String id, OperationEntry entry) {
        String place = "operations." + id;
        named(place, "", id);
        method(place, entry.method());
        String path = STEP.matcher(entry.path()).replaceAll("/0");
        legal(place, entry.path(), path, "and steps of the form {…}");
        String shape = entry.method() + " " + PathTemplate.of(entry.path()).shape();
        @Nullable String other = byPath.putIfAbsent(shape, id);
        if (other != null) {
            wrong(place, "path and method are those of " + other + " as well");
        }
        project(place, entry);
    }

    private void project(String place, OperationEntry entry) {
        List<String> steps = PathTemplate.placeholders(entry.path());
        @Nullable String project = entry.project();
        if (Set.copyOf(steps).size() < steps.size()) {
            wrong(place, "path has two steps of one name, was " + entry.path());
        }
        if (project == null && steps.size() > 1) {
            wrong(
                    place,
                    "project is missing, and the path has several steps of the form {…}: it must be the one that names"
                            + " the project, or " + OperationEntry.CREDENTIALS);
        }
        if (project != null && !project.equals(OperationEntry.CREDENTIALS) && !steps.contains(project)) {
            wrong(place, "project must be a step of the path or " + OperationEntry.CREDENTIALS + ", was " + project);
        }
    }

    private void lookup(LookupEntry entry) {
        String place = "fingerprint-lookup";
        named(place, "operation ", entry.operation());
        method(place, entry.method());
        legal(place, entry.path(), entry.path(), "and no step of the form {…}");
    }

    private void named(String place, String what, String name) {
        if (!NAME.matcher(name).matches()) {
            wrong(
                    place,
                    what + "must have a name of letters, digits, . _ and -, which begins with no . or -, was " + name);
        }
    }

    private void method(String place, String method) {
        if (!METHODS.contains(method)) {
            wrong(
                    place,
                    "method must be one of "
                            + String.join(", ", METHODS.stream().sorted().toList()) + ", was " + method);
        }
    }

    private void legal(String place, String written, String path, String steps) {
        if (!PATH.matcher(path).matches()) {
            wrong(
                    place,
                    "path must begin with / and have only characters of a URI's path, " + steps + ", was " + written);
        }
    }

    private void wrong(String place, String message) {
        found.add(new PackProblem(files.shown(Catalog.FILE), place, message));
    }
}

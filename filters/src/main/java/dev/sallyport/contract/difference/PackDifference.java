package dev.sallyport.contract.difference;

import dev.sallyport.contract.difference.Difference.Kind;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * In what two packs differ: their catalogs, and the schemas of the operations and session tokens that both have. Descriptions,
 * examples and other notes that refuse nothing are not compared. Both packs have been compiled and are in order.
 */
public final class PackDifference {
    private final PackFiles before;
    private final PackFiles after;
    private final Findings found = new Findings();

    private PackDifference(PackFiles before, PackFiles after) {
        this.before = before;
        this.after = after;
    }

    /** What the second promises otherwise than the first: the catalog's first, then by file; the same on every machine. */
    public static List<Difference> between(PackFiles before, PackFiles after) {
        return new PackDifference(before, after).differences();
    }

    /** What a pack promises otherwise than the one at the bottom of those that it is laid over; nothing if it stands alone. */
    public static List<Difference> fromBottom(PackFiles files) {
        List<PackFiles> below = files.below();
        return below.isEmpty() ? List.of() : between(below.get(below.size() - 1), files);
    }

    private List<Difference> differences() {
        JsonNode earlier = before.catalog().root();
        JsonNode later = after.catalog().root();
        new CatalogDifference(found).between(earlier, later);
        var were = new SchemaReach(before);
        var are = new SchemaReach(after);
        Set<String> files = new TreeSet<>();
        for (String root : roots(earlier, later)) {
            if (before.has(root) && after.has(root)) {
                were.from(root);
                are.from(root);
            } else if (before.has(root) || after.has(root)) {
                boolean comes = after.has(root);
                found.add(
                        comes ? Kind.TIGHTENED : Kind.LOOSENED,
                        root,
                        comes ? "is there, was not" : "is no longer there",
                        false);
            }
        }
        files.addAll(were.files());
        files.retainAll(are.files());
        Set<String> claims = claims(earlier);
        claims.addAll(claims(later));
        for (String file : files) {
            Set<Place> unclear = new java.util.HashSet<>(were.unclear());
            unclear.addAll(are.unclear());
            new SchemaDifference(found, claims.contains(file), unclear)
                    .between(new Place(file, ""), were.schema(file), are.schema(file));
        }
        return found.all();
    }

    /** The schemas that messages of both are held against. */
    private static Set<String> roots(JsonNode earlier, JsonNode later) {
        Set<String> roots = claims(earlier);
        roots.retainAll(claims(later));
        Set<String> operations = operations(earlier);
        operations.retainAll(operations(later));
        for (String operation : operations) {
            roots.add(operation + "/request.schema.json");
            roots.add(operation + "/reply.schema.json");
        }
        return roots;
    }

    private static Set<String> operations(JsonNode catalog) {
        Set<String> operations = new TreeSet<>(catalog.path("operations").propertyNames());
        JsonNode lookup = catalog.at("/fingerprint-lookup/operation");
        if (lookup.isString()) {
            operations.add(lookup.stringValue());
        }
        return operations;
    }

    private static Set<String> claims(JsonNode catalog) {
        Set<String> claims = new TreeSet<>();
        catalog.path("session-tokens")
                .forEach(kind -> claims.add(kind.path("claims").asString("")));
        return claims;
    }
}

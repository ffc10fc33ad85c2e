package dev.sallyport.contract.difference;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The schema files that messages are held against, directly or by reference. */
final class SchemaReach {
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");
    private static final Set<String> UNCLEAR = Set.of("not", "if", "oneOf");

    private final SchemaFiles schemas;
    private final Set<String> files = new TreeSet<>();
    private final Set<Place> unclear = new HashSet<>();

    SchemaReach(PackFiles files) {
        this.schemas = new SchemaFiles(files);
    }

    /** Follows the references of a file. */
    void from(String root) {
        Deque<String> next = new ArrayDeque<>(Set.of(root));
        while (!next.isEmpty()) {
            String file = next.pop();
            if (files.add(file)) {
                follow(new Place(file, ""), schemas.file(file), false, next);
            }
        }
    }

    private void follow(Place at, JsonNode node, boolean isUnclear, Deque<String> next) {
        if (node.path("$ref").isString()) {
            refer(at, node.get("$ref").stringValue(), isUnclear, next);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!DATA.contains(member.getKey())) {
                follow(
                        at.below(member.getKey()),
                        member.getValue(),
                        isUnclear || UNCLEAR.contains(member.getKey()),
                        next);
            }
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            follow(at.below(Integer.toString(index)), node.get(index), isUnclear, next);
        }
    }

    private void refer(Place at, String ref, boolean isUnclear, Deque<String> next) {
        try {
            Place target = schemas.resolve(at, ref);
            next.add(target.file());
            if (isUnclear) {
                unclear.add(target);
            }
        } catch (PackProblem notByPointer) {
            unclear.add(at); // the library follows it, by an anchor
        }
    }

    Set<String> files() {
        return files;
    }

    /** Places that are referred to where more keywords do not refuse more. */
    Set<Place> unclear() {
        return unclear;
    }

    JsonNode schema(String file) {
        return schemas.file(file);
    }
}

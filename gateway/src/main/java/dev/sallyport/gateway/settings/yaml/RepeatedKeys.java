package dev.sallyport.gateway.settings.yaml;

import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Finds keys that one document of a file has twice: spelt alike, or in two spellings that Spring takes for one key, of which
 * it would use either. Of a later document the keys win, which is how YAML lays one over another.
 */
final class RepeatedKeys {
    /** Where two spellings are one key. Elsewhere there are maps whose keys are names of the operator's choice. */
    private static final List<String> RELAXED = List.of("sallyport", "server", "management.server");

    /** Deeper than any setting; an alias within itself ends here. */
    private static final int DEEPEST = 40;

    private final Resource file;
    private final List<SettingsProblem> problems = new ArrayList<>();
    private final Map<String, Node> values = new HashMap<>();

    RepeatedKeys(Resource file) {
        this.file = file;
    }

    List<SettingsProblem> problems() throws IOException {
        try (InputStream text = file.getInputStream()) {
            for (Node document : new Yaml().composeAll(new UnicodeReader(text))) {
                values.clear();
                walk("", document, 0);
            }
        }
        return problems;
    }

    private void walk(String path, @Nullable Node node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            walkKeys(path, mapping, depth);
        } else if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Node item : sequence.getValue()) {
                walk(path + "[" + index++ + "]", item, depth + 1);
            }
        }
    }

    private void walkKeys(String path, MappingNode mapping, int depth) {
        Map<String, Node> siblings = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                String full = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                boolean isValue = entry.getValueNode() instanceof ScalarNode;
                @Nullable Node first = siblings.putIfAbsent(uniform(full), key);
                @Nullable Node elsewhere = isValue ? values.putIfAbsent(uniform(full), key) : null;
                if (first != null || elsewhere != null) {
                    note(full, key, first == null ? elsewhere : first);
                } else {
                    walk(full, entry.getValueNode(), depth + 1);
                }
            }
        }
    }

    private void note(String full, ScalarNode key, @Nullable Node first) {
        if (first instanceof ScalarNode had) {
            String spelt = last(had.getValue()).equals(last(key.getValue())) ? "" : ", spelt " + had.getValue();
            String at = YamlPlace.of(file, had.getStartMark());
            problems.add(new SettingsProblem(
                    full,
                    YamlPlace.of(file, key.getStartMark()),
                    "is there twice, first at " + at + spelt + "; keep one"));
        }
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** By Spring's relaxed rules, where they hold. */
    private static String uniform(String key) {
        String plain = key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
        boolean isRelaxed = RELAXED.stream().anyMatch(root -> plain.startsWith(root + ".") || plain.equals(root));
        return isRelaxed ? plain : key;
    }
}

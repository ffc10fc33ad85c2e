package dev.sallyport.tools;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import dev.sallyport.contract.file.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The two settings that a replay takes from a settings file, where they stand as they are documented: nested, with dots, or
 * both. Everything else in the file is the gateway's, and {@code sallyport check} looks at it.
 *
 * @param pack a built-in contract pack, or a folder
 * @param maxDepth how deep bodies may nest
 */
record ReplaySettings(String pack, int maxDepth) {
    static final ReplaySettings DEFAULT = new ReplaySettings(
            ProviderSettings.DEFAULT_PACK, RequestSettings.defaults().maxDepth());

    private static final String PACK = "sallyport.provider.pack";
    private static final String MAX_DEPTH = "sallyport.request.max-depth";
    private static final String WITHOUT = "; name the pack with --pack, without --config";

    /**
     * What a file says, and the defaults for what it does not.
     *
     * @param pack the pack that the command line names, whatever the file says
     */
    static ReplaySettings in(Path file, Optional<String> pack) {
        Optional<Node> root = root(file);
        int maxDepth = value(root, MAX_DEPTH, file, ReplaySettings::depth).orElse(DEFAULT.maxDepth());
        return new ReplaySettings(DEFAULT.pack(), maxDepth)
                .with(pack.or(() -> value(root, PACK, file, text -> Require.present(PACK, text, "a contract pack"))));
    }

    /** The same with another pack, if there is one. */
    ReplaySettings with(Optional<String> otherPack) {
        return new ReplaySettings(otherPack.orElse(pack), maxDepth);
    }

    private static int depth(String text) {
        try {
            return RequestSettings.depth(Integer.parseInt(text));
        } catch (NumberFormatException notOne) {
            throw new InvalidSetting(MAX_DEPTH, "a whole number", text);
        }
    }

    /** The file's one document; none if it is empty. */
    private static Optional<Node> root(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            var settings = LoadSettings.builder().setLabel(file.toString()).build();
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromInputStream(bytes).iterator();
            Optional<Node> root = documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
            if (documents.hasNext()) {
                String place = place(file, documents.next().getStartMark());
                throw new SettingsFileProblem(
                        place, "begins a second document, and only the gateway knows which of them holds" + WITHOUT);
            }
            return root;
        } catch (IOException unreadable) {
            throw new SettingsFileProblem(file.toString(), "cannot be read: " + FileFailure.words(unreadable));
        } catch (MarkedYamlEngineException broken) {
            throw new SettingsFileProblem(place(file, broken.getProblemMark()), "is not YAML: " + words(broken));
        } catch (YamlEngineException broken) {
            throw new SettingsFileProblem(file.toString(), "is not YAML: it has a character that may not be there");
        }
    }

    /** The library's words, as far as they quote nothing of the file: it may hold secrets. */
    private static String words(MarkedYamlEngineException broken) {
        String problem = String.valueOf(broken.getProblem());
        boolean isOfTheGrammar = (broken instanceof ParserException || broken instanceof ScannerException)
                && !problem.startsWith("found undefined");
        return isOfTheGrammar ? problem.split(", but ", 2)[0] : "it has an alias or a tag that settings do not take";
    }

    private static <T> Optional<T> value(Optional<Node> root, String key, Path file, Function<String, T> reading) {
        List<Node> found = root.stream().flatMap(node -> find(node, key)).toList();
        return found.stream().findFirst().map(node -> {
            String place = place(file, node.getStartMark());
            if (found.size() > 1) {
                throw new SettingsFileProblem(place(file, found.get(1).getStartMark()), key + ": is there twice");
            }
            if (!(node instanceof ScalarNode scalar)) {
                throw new SettingsFileProblem(place, key + ": must be a single value");
            }
            if (scalar.getValue().contains("${")) {
                throw new SettingsFileProblem(
                        place, key + ": has a placeholder, which only the gateway resolves" + WITHOUT);
            }
            try {
                return reading.apply(scalar.getValue());
            } catch (InvalidSetting invalid) {
                throw new SettingsFileProblem(place, key + ": " + invalid.getMessage());
            }
        });
    }

    /** What stands under a key, of which each part may be nested. */
    private static Stream<Node> find(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().flatMap(member -> below(member, key))
                : Stream.empty();
    }

    private static Stream<Node> below(NodeTuple member, String key) {
        String name = member.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (name.equals(key)) {
            return Stream.of(member.getValueNode());
        }
        return key.startsWith(name + ".")
                ? find(member.getValueNode(), key.substring(name.length() + 1))
                : Stream.empty();
    }

    private static String place(Path file, Optional<Mark> mark) {
        return file
                + mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                        .orElse("");
    }
}

package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.laws.Draws.Share.share;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.StrictJson;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one-pass check and the library give the same verdict, on generated schemas of the covered keywords and on documents
 * that are made of the same few names and values, so that they often nearly fit. Both walks of the one-pass check are asked.
 */
final class SameVerdictTest {
    private static final int ROOT_DEPTH = 3;
    private static final String[] NAMES = {"a", "b", "c/d", "e~f", ""};
    private static final List<String> FIELDS = List.of("", "/a", "/a/b", "/c~1d", "/e~0f/", "/");
    private static final String[] SCALARS = {
        "null",
        "true",
        "false",
        "0",
        "1",
        "2",
        "-1",
        "1.5",
        "-0.5",
        "1e30",
        "2.0",
        "1e1",
        "10",
        "\"\"",
        "\"a\"",
        "\"ab\"",
        "\"abc\"",
        "\"\u00e4\"",
        "\"\ud83d\ude00\"",
        "\"\\ud83d\\ude00b\"",
        "\"true\"",
        "\"1\"",
        "\"2026-11-21T10:15:30Z\"",
        "\"2026-11-21T10:15Z\"",
        "\"2026-02-30T10:15:30Z\""
    };
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void both_give_one_verdict() {
        Map<Boolean, Integer> verdicts = new HashMap<>();
        var walks = new BothWalks();

        Laws.holds(1000, draw -> {
            String schema = rootSchema(draw);
            Both both = both(schema);
            for (String text : draw.list(8, 8, () -> anyDocument(draw, 3))) {
                boolean accepted = document(
                                walks.read(both.ours(), both.fields(), text.getBytes(StandardCharsets.UTF_8)))
                        .violations()
                        .isEmpty();
                boolean libraryAccepts =
                        both.library().validate(TREES.readTree(text)).isEmpty();

                verdicts.merge(accepted, 1, Integer::sum);
                assertThat(accepted).as("%s against %s", text, schema).isEqualTo(libraryAccepts);
            }
        });

        if (!Laws.isOneTryOnly()) {
            assertBothAreCommon(verdicts);
            assertThat(walks.inOrder()).as("in order, seen by their bytes").isGreaterThan(4 * walks.leftToTokens());
        }
    }

    private static void assertBothAreCommon(Map<Boolean, Integer> verdicts) {
        int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(verdicts)
                .hasSize(2)
                .allSatisfy((accepted, count) -> assertThat(100.0 * count / all)
                        .as("percent of documents, accepted: %s", accepted)
                        .isGreaterThan(5));
    }

    /** The library as the gateway asks it, so with what is done about {@link LibraryFaultTest}. */
    private record Both(OnePassCheck ours, FieldList fields, Schema library) {}

    private static Both both(String schema) throws IOException {
        Path folder = Files.createTempDirectory("same-verdict");
        try {
            var files = new SchemaFiles(
                    new PackFolder(folder).withExact("s.json", schema).files());
            var fields = new FieldList();
            FIELDS.forEach(fields::slot);
            SchemaCheck ours = new SchemaCompiler(files, new StrictJson(32)).compile("s.json", fields);
            assertThat(ours).isInstanceOf(OnePassCheck.class);
            return new Both((OnePassCheck) ours, fields, files.library("s.json"));
        } finally {
            Files.deleteIfExists(folder.resolve("s.json"));
            Files.deleteIfExists(folder.resolve("catalog.yml"));
            Files.deleteIfExists(folder);
        }
    }

    private static String anyDocument(Draws draw, int depth) {
        if (depth == 0) {
            return draw.of(SCALARS);
        }
        Supplier<String> below = () -> anyDocument(draw, depth - 1);
        return draw.oneOf(
                share(2, () -> draw.of(SCALARS)),
                share(1, () -> "[" + String.join(", ", draw.list(0, 3, below)) + "]"),
                share(3, () -> object(draw.map(4, () -> draw.of(NAMES), below))));
    }

    private static String rootSchema(Draws draw) {
        String root = schema(draw, ROOT_DEPTH);
        return root.startsWith("{")
                ? root.substring(0, root.length() - 1) + (root.length() > 2 ? "," : "")
                        + "\"$defs\":{\"text\":{\"type\":\"string\",\"maxLength\":2}}}"
                : root;
    }

    private static String schema(Draws draw, int depth) {
        Supplier<String> leaf = () -> leaf(draw);
        if (depth == 0) {
            return draw.oneOf(share(6, leaf), share(1, () -> draw.of("true", "false", "{}")));
        }
        return draw.oneOf(
                share(5, () -> nested(draw, depth)),
                share(2, leaf),
                share(1, () -> choice(draw)),
                share(depth == ROOT_DEPTH ? 0 : 1, () -> "{\"$ref\":\"#/$defs/text\"}"));
    }

    private static String leaf(Draws draw) {
        Map<String, String> schema = bounds(draw);
        schema.putAll(type(draw));
        schema.putAll(values(draw));
        return object(schema);
    }

    private static String nested(Draws draw, int depth) {
        Supplier<String> below = () -> schema(draw, depth - 1);
        Map<String, String> schema = bounds(draw);
        schema.putAll(type(draw));
        schema.put("properties", object(draw.map(4, () -> draw.of(NAMES), below)));
        schema.put("required", array(draw.set(0, 2, () -> draw.of(NAMES))));
        if (draw.percent(40)) {
            schema.put("additionalProperties", below.get());
        }
        if (draw.percent(50)) {
            schema.put("items", below.get());
        }
        return object(schema);
    }

    private static String choice(Draws draw) {
        Map<String, String> number = bounds(draw);
        number.put("type", "\"number\"");
        return "{" + quoted(draw.of("anyOf", "oneOf")) + ":[{\"type\":\"null\"},{\"type\":[\"boolean\",\"array\"]},"
                + object(number) + "]}";
    }

    private static Map<String, String> type(Draws draw) {
        if (draw.percent(60)) {
            return Map.of();
        }
        Set<String> types =
                draw.set(1, 3, () -> draw.of("null", "boolean", "integer", "number", "string", "array", "object"));
        return Map.of("type", types.size() == 1 ? quoted(types.iterator().next()) : array(types));
    }

    private static Map<String, String> bounds(Draws draw) {
        return draw.map(
                2,
                () -> draw.of(
                        "minLength",
                        "maxLength",
                        "minItems",
                        "maxItems",
                        "minProperties",
                        "maxProperties",
                        "minimum",
                        "maximum",
                        "exclusiveMinimum",
                        "exclusiveMaximum"),
                () -> draw.of("0", "1", "2", "2.0"));
    }

    private static Map<String, String> values(Draws draw) {
        Supplier<String> scalar = () -> draw.of(SCALARS);
        return draw.oneOf(
                share(4, () -> Map.of()),
                share(1, () -> Map.of("enum", "[" + String.join(",", draw.set(1, 4, scalar)) + "]")),
                share(1, () -> Map.of("const", scalar.get())),
                share(1, () -> Map.of("format", quoted(draw.of("date-time", "email", "none")))));
    }

    private static String array(Set<String> texts) {
        return texts.stream().map(SameVerdictTest::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}

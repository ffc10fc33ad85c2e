package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one-pass check and the library give the same verdict, on generated schemas of the covered keywords and on documents
 * that are made of the same few names and values, so that they often nearly fit.
 */
final class SameVerdictTest {
    private static final String[] NAMES = {"a", "b", "c/d", "e~f", ""};
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

    @Property
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void both_give_one_verdict(@ForAll("schemas") String schema, @ForAll("documents") List<String> documents)
            throws IOException {
        Both both = both(schema);

        for (String text : documents) {
            boolean accepted = document(both.ours().read(text.getBytes(StandardCharsets.UTF_8)))
                    .violations()
                    .isEmpty();
            boolean libraryAccepts =
                    both.library().validate(TREES.readTree(text)).isEmpty();

            Statistics.collect(accepted);
            assertThat(accepted).as("%s against %s", text, schema).isEqualTo(libraryAccepts);
        }
        Statistics.coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 5);
            coverage.check(false).percentage(share -> share > 5);
        });
    }

    /** The library as the gateway asks it, so with what is done about {@link LibraryFaultTest}. */
    private record Both(SchemaCheck ours, Schema library) {}

    private static Both both(String schema) throws IOException {
        Path folder = Files.createTempDirectory("same-verdict");
        try {
            var files = new SchemaFiles(
                    new PackFolder(folder).withExact("s.json", schema).files());
            SchemaCheck ours = new SchemaCompiler(files, new StrictJson(32)).compile("s.json", new FieldList());
            assertThat(ours).isInstanceOf(OnePassCheck.class);
            return new Both(ours, files.library("s.json"));
        } finally {
            Files.deleteIfExists(folder.resolve("s.json"));
            Files.deleteIfExists(folder.resolve("catalog.yml"));
            Files.deleteIfExists(folder);
        }
    }

    @Provide
    Arbitrary<List<String>> documents() {
        return anyDocument(3).list().ofSize(8);
    }

    private static Arbitrary<String> anyDocument(int depth) {
        Arbitrary<String> scalar = Arbitraries.of(SCALARS);
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> below = Arbitraries.lazy(() -> anyDocument(depth - 1));
        Arbitrary<String> array = below.list().ofMaxSize(3).map(items -> "[" + String.join(", ", items) + "]");
        Arbitrary<String> object =
                Arbitraries.maps(Arbitraries.of(NAMES), below).ofMaxSize(4).map(SameVerdictTest::object);
        return Arbitraries.frequencyOf(Tuple.of(2, scalar), Tuple.of(1, array), Tuple.of(3, object));
    }

    @Provide
    Arbitrary<String> schemas() {
        return schema(3)
                .map(root -> root.startsWith("{")
                        ? root.substring(0, root.length() - 1) + (root.length() > 2 ? "," : "")
                                + "\"$defs\":{\"text\":{\"type\":\"string\",\"maxLength\":2}}}"
                        : root);
    }

    private static Arbitrary<String> schema(int depth) {
        Arbitrary<String> leaf = Combinators.combine(types(), bounds(), values())
                .as((type, bounds, values) -> {
                    Map<String, String> schema = new LinkedHashMap<>(bounds);
                    schema.putAll(type);
                    schema.putAll(values);
                    return object(schema);
                });
        if (depth == 0) {
            return Arbitraries.frequencyOf(Tuple.of(6, leaf), Tuple.of(1, Arbitraries.of("true", "false", "{}")));
        }
        Arbitrary<String> below = Arbitraries.lazy(() -> schema(depth - 1));
        Arbitrary<String> nested = Combinators.combine(
                        Arbitraries.maps(Arbitraries.of(NAMES), below).ofMaxSize(4),
                        Arbitraries.of(NAMES).set().ofMaxSize(2),
                        below.injectNull(0.6),
                        below.injectNull(0.5),
                        types(),
                        bounds())
                .as((members, required, additional, items, type, bounds) -> {
                    Map<String, String> schema = new LinkedHashMap<>(bounds);
                    schema.putAll(type);
                    schema.put("properties", object(members));
                    schema.put(
                            "required",
                            required.stream().map(SameVerdictTest::quoted).collect(Collectors.joining(",", "[", "]")));
                    if (additional != null) {
                        schema.put("additionalProperties", additional);
                    }
                    if (items != null) {
                        schema.put("items", items);
                    }
                    return object(schema);
                });
        Arbitrary<String> choice = Combinators.combine(Arbitraries.of("anyOf", "oneOf"), bounds())
                .as((keyword, bounds) -> {
                    List<String> alternatives =
                            new ArrayList<>(List.of("{\"type\":\"null\"}", "{\"type\":[\"boolean\",\"array\"]}"));
                    Map<String, String> number = new LinkedHashMap<>(bounds);
                    number.put("type", "\"number\"");
                    alternatives.add(object(number));
                    return "{" + quoted(keyword) + ":[" + String.join(",", alternatives) + "]}";
                });
        Arbitrary<String> reference = Arbitraries.of("{\"$ref\":\"#/$defs/text\"}");
        return Arbitraries.frequencyOf(
                Tuple.of(5, nested), Tuple.of(2, leaf), Tuple.of(1, choice), Tuple.of(depth == 3 ? 0 : 1, reference));
    }

    private static Arbitrary<Map<String, String>> types() {
        Arbitrary<Set<String>> types = Arbitraries.of(
                        "null", "boolean", "integer", "number", "string", "array", "object")
                .set()
                .ofMinSize(1)
                .ofMaxSize(3);
        return types.map(set -> set.size() == 1
                        ? Map.of("type", quoted(set.iterator().next()))
                        : Map.of(
                                "type",
                                set.stream().map(SameVerdictTest::quoted).collect(Collectors.joining(",", "[", "]"))))
                .injectNull(0.6)
                .map(type -> type == null ? Map.<String, String>of() : type);
    }

    private static Arbitrary<Map<String, String>> bounds() {
        return Arbitraries.maps(
                        Arbitraries.of(
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
                        Arbitraries.of("0", "1", "2", "2.0"))
                .ofMaxSize(2);
    }

    private static Arbitrary<Map<String, String>> values() {
        Arbitrary<Map<String, String>> enums = Arbitraries.of(SCALARS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> Map.of("enum", "[" + String.join(",", new LinkedHashSet<>(list)) + "]"));
        Arbitrary<Map<String, String>> constants = Arbitraries.of(SCALARS).map(value -> Map.of("const", value));
        Arbitrary<Map<String, String>> formats =
                Arbitraries.of("date-time", "email", "none").map(format -> Map.of("format", quoted(format)));
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Map.<String, String>of())),
                Tuple.of(1, enums),
                Tuple.of(1, constants),
                Tuple.of(1, formats));
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

package dev.sallyport.tools.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.openapi.pack.Outline;
import dev.sallyport.tools.openapi.pack.OutlineFacts;
import dev.sallyport.tools.openapi.pack.OutlineFacts.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the built-in pack against what the provider publishes of its structure. Where the pack says something else on purpose,
 * a row of {@code deliberate-differences.txt} says why; a difference without a row fails, and so does a row without a
 * difference. See docs/contracts.md for how the outline is made.
 */
final class StructureTest {
    private static final List<Row> ROWS = rows();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static List<String> differences;

    /** A row of the table: differences of one kind, at places that match. */
    private record Row(String text, Pattern differences, String reason) {}

    @BeforeAll
    static void compare() {
        Map<String, Fact> published = OutlineFacts.of(resource("/provider-outline.txt"));
        Map<String, Fact> ours = OutlineFacts.of(Outline.of(operations(), StructureTest::schema));
        differences = differences(published, ours);
    }

    @Test
    void every_difference_from_what_the_provider_publishes_is_deliberate() {
        assertThat(differences)
                .filteredOn(difference -> ROWS.stream()
                        .noneMatch(row -> row.differences().matcher(difference).matches()))
                .as("differences without a row in deliberate-differences.txt")
                .isEmpty();
    }

    @Test
    void every_row_of_the_table_still_stands_for_a_difference() {
        assertThat(ROWS)
                .filteredOn(
                        row -> differences.stream().noneMatch(row.differences().asMatchPredicate()))
                .extracting(Row::text)
                .as("rows without a difference")
                .isEmpty();
    }

    @Test
    void every_row_of_the_table_has_a_reason() {
        assertThat(ROWS)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.reason()).as(row.text()).isNotBlank());
    }

    private static List<String> differences(Map<String, Fact> published, Map<String, Fact> ours) {
        List<String> found = new ArrayList<>();
        var all = new TreeSet<>(published.keySet());
        all.addAll(ours.keySet());
        for (String key : all) {
            @Nullable Fact theirs = published.get(key);
            @Nullable Fact mine = ours.get(key);
            if (theirs != null && mine != null) {
                compare(key, theirs, mine, found);
            } else if (isTopmost(key, theirs == null ? published : ours)) {
                found.add((theirs == null ? "added " : "missing ") + key);
            }
        }
        return found;
    }

    private static void compare(String key, Fact theirs, Fact mine, List<String> found) {
        if (!theirs.type().equals(mine.type())) {
            found.add("type " + theirs.type() + "->" + mine.type() + " " + key);
        }
        if (theirs.nullable() != mine.nullable()) {
            found.add((mine.nullable() ? "nullable-" : "not-null-")
                    + (theirs.required() ? "required " : "optional ")
                    + key);
        }
        if (theirs.required() != mine.required()) {
            found.add((mine.required() ? "now-required " : "now-optional ") + key);
        }
        if (!theirs.values().equals(mine.values())) {
            found.add("enum " + key);
        }
    }

    /** What lies below a place that is not there need not be told. */
    private static boolean isTopmost(String key, Map<String, Fact> without) {
        int step = key.lastIndexOf('/');
        String parent = key.substring(0, step);
        boolean isBody = key.endsWith(" ");
        return isBody || without.containsKey(parent);
    }

    private static List<Operation> operations() {
        ContractCatalog catalog = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));
        Stream<Contract> lookup = catalog.fingerprintLookup().map(LookupContract::contract).stream();
        return Stream.concat(catalog.contracts().stream(), lookup)
                .map(Contract::operation)
                .toList();
    }

    private static @Nullable JsonNode schema(String file) {
        try (var stream = Contract.class.getResourceAsStream("/contracts/stytch/" + file)) {
            return stream == null ? null : new JsonMapper().readTree(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code kind place  | reason}, with {@code *} for any text. */
    private static List<Row> rows() {
        return resource("/deliberate-differences.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(StructureTest::row)
                .toList();
    }

    private static Row row(String line) {
        String[] parts = line.split(" \\| ", 2);
        String text = parts[0].strip();
        String expression = Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new Row(text, Pattern.compile(expression + " ?"), parts.length < 2 ? "" : parts[1].strip());
    }

    private static String resource(String name) {
        try (var file = StructureTest.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new AssertionError("no such file: " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

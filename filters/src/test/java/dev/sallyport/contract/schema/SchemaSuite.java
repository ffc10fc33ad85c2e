package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases in the form of the JSON Schema Test Suite, each asked of both checks. */
final class SchemaSuite {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Official cases that a pack may not have; they are refused at the start, for the reason given. */
    private static final List<Refused> REFUSED = List.of(
            new Refused("refRemote.json", "", "", "nothing is fetched, and no other document is known"),
            new Refused("", "", "http://localhost:1234/", "the same"),
            new Refused(
                    "", "", "https://json-schema.org/draft/2020-12/schema", "the meta-schema is no file of the pack"),
            new Refused("ref.json", "", "urn:uuid:", "a $ref leads to a file of the pack"),
            new Refused(
                    "anchor.json", "Location-independent identifier", "leads nowhere", "a $ref alone takes a pointer"),
            new Refused("ecmascript-regex.json", "non-ASCII digits", "", "RE2 knows other names of properties"));

    private final Path folder;

    /** One that writes the schemas of its cases into a folder. */
    SchemaSuite(Path folder) {
        this.folder = folder;
    }

    private record Refused(String file, String group, String message, String why) {
        boolean explains(Path path, String name, String problem) {
            return path.endsWith(Path.of(file.isEmpty() ? path.getFileName().toString() : file))
                    && name.contains(group)
                    && problem.contains(message);
        }
    }

    /**
     * The cases of every file in a folder, of which there has to be one at least. Of formats, {@code date-time} is asserted
     * here and all others are notes: of what the suite says of each, that one is asked.
     */
    List<DynamicTest> cases(Path suite) throws IOException {
        try (Stream<Path> files = Files.walk(suite)) {
            List<DynamicTest> cases = files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().contains("/format/") || file.endsWith("date-time.json"))
                    .sorted()
                    .flatMap(this::groups)
                    .toList();
            assertThat(cases).as("cases in %s", suite).isNotEmpty();
            return cases;
        }
    }

    private Stream<DynamicTest> groups(Path file) {
        try {
            return StreamSupport.stream(JSON.readTree(Files.readAllBytes(file)).spliterator(), false)
                    .map(group -> DynamicTest.dynamicTest(
                            file.getFileName() + ": " + group.get("description").asString(), () -> check(file, group)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Draft 2020-12 leaves the assertion of formats to its readers; the suite's case for those that do not is the one we differ in. */
    private static boolean isHouseRule(JsonNode test) {
        return test.get("description").asString().equals("invalid date-time string is only an annotation by default");
    }

    private void check(Path file, JsonNode group) {
        PackFolder pack = new PackFolder(folder).withExact("s.json", JSON.writeValueAsString(group.get("schema")));
        SchemaCheck chosen;
        try {
            chosen = pack.check("s.json");
        } catch (PackProblem problem) {
            String message = String.valueOf(problem.getMessage());
            assertThat(REFUSED)
                    .as(message)
                    .anyMatch(listed ->
                            listed.explains(file, group.get("description").asString(), message));
            return;
        }
        var files = new SchemaFiles(pack.files());
        var library = new LibraryCheck(
                files.library("s.json"),
                files,
                new OnePassCheck(SchemaNode.ANYTHING, new FieldList(), new StrictJson(64)));
        for (JsonNode test : group.get("tests")) {
            byte[] data = JSON.writeValueAsBytes(test.get("data"));
            if (chosen instanceof OnePassCheck onePass) {
                new BothWalks().read(onePass, new FieldList(), data);
            }
            for (SchemaCheck check : List.of(chosen, library)) {
                boolean accepted = check.read(data) instanceof Document document
                        && document.violations().isEmpty();

                assertThat(accepted)
                        .as(
                                "%s by %s",
                                test.get("description"), check.getClass().getSimpleName())
                        .isEqualTo(test.get("valid").booleanValue() != isHouseRule(test));
            }
        }
    }
}

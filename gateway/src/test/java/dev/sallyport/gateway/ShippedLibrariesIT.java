package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the shipped jars say that is in them, held against what is, and against the licences that docs/licences.md takes. */
class ShippedLibrariesIT {
    private static final String BILL = "META-INF/sbom/application.cdx.json";
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String OURS = "dev.sallyport";

    @ParameterizedTest
    @ValueSource(strings = {"app.jar", "tools.jar", "sandbox.jar"})
    void a_jar_names_every_library_that_is_in_it_and_no_other(String program) throws IOException {
        Set<String> named = components(program)
                .map(part ->
                        part.at("/name").asString() + "-" + part.at("/version").asString())
                .filter(name ->
                        !name.startsWith("spring-boot-starter")) // lists of libraries; Spring Boot packs none of them
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(libraries(program));
    }

    @Test
    void every_licence_is_one_that_is_taken_and_told() throws IOException {
        String page = Files.readString(Path.of("../docs/licences.md"));
        Set<String> taken = rows(page, "## What is taken").stream()
                .flatMap(row -> NAME.matcher(row.split("\\|", -1)[1]).results().map(name -> name.group(1)))
                .collect(Collectors.toSet());
        Map<String, List<String>> licences = new TreeMap<>();
        for (String program : List.of("app.jar", "tools.jar", "sandbox.jar")) {
            components(program)
                    .filter(part -> !part.at("/group").asString().equals(OURS))
                    .forEach(part -> licences.put(
                            part.at("/group").asString() + ":"
                                    + part.at("/name").asString(),
                            licences(part)));
        }

        assertThat(taken).contains("Apache-2.0");
        assertThat(licences)
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        (library, several) -> assertThat(several).as(library).containsAnyElementsOf(taken));
        List<String> told = licences.entrySet().stream()
                .filter(library -> !library.getValue().equals(List.of("Apache-2.0")))
                .map(library -> "| `" + library.getKey() + "` | " + String.join(", ", library.getValue()) + " |")
                .toList();
        assertThat(rows(page, "## What is in the jars")).containsExactlyElementsOf(told);
    }

    /** Rows of the table below a heading, without its own head. */
    private static List<String> rows(String page, String heading) {
        return page.substring(page.indexOf(heading))
                .lines()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static List<String> licences(JsonNode part) {
        return part.at("/licenses")
                .valueStream()
                .map(licence -> licence.has("expression")
                        ? licence.at("/expression").asString()
                        : licence.at("/license/id")
                                .asString(licence.at("/license/name").asString("")))
                .toList();
    }

    private static Stream<JsonNode> components(String program) throws IOException {
        try (var jar = new ZipFile(System.getProperty(program))) {
            var bill = jar.getEntry(BILL);
            assertThat(bill)
                    .as("%s of %s; Maven leaves it out when it is run with -o", BILL, program)
                    .isNotNull();
            try (InputStream content = jar.getInputStream(bill)) {
                return JsonMapper.shared().readTree(content).at("/components").valueStream();
            }
        }
    }

    /** By name and version; natives have a classifier behind them, which is none of the name. */
    private static Set<String> libraries(String program) throws IOException {
        try (var jar = new ZipFile(System.getProperty(program))) {
            return jar.stream()
                    .map(entry -> Pattern.compile("BOOT-INF/lib/(.*?)(?:-linux-x86_64)?\\.jar")
                            .matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map((MatchResult library) -> library.group(1))
                    .filter(name ->
                            !name.startsWith("spring-boot-jarmode-tools")) // Spring Boot's plugin brings it by itself
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

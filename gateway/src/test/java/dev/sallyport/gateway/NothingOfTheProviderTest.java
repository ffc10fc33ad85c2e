package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.provider.ProviderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a provider calls things stands in its contract pack, never in the program. */
class NothingOfTheProviderTest {
    private static final List<String> MODULES = List.of("config", "filters", "pipeline", "gateway", "starter");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<![\":])//[^\\n]*", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    /** Names of which a pack alone makes use: common words have neither. */
    private static final Pattern OWN = Pattern.compile(".*[_/].*");

    /** The placeholders of a path that an import takes for the project unless it is told others. */
    private static final Set<String> OF_IMPORTS = Set.of("project_id");

    /** What the gateway calls a refusal of its own that the provider calls by the same name, so that callers handle both alike. */
    private static final Set<String> OF_REFUSALS = Set.of("too_many_requests");

    /** A text in the program. */
    private record Literal(String file, String text) {
        @Override
        public String toString() {
            return file + ": " + text;
        }
    }

    @Test
    void the_providers_name_is_that_of_the_default_pack_and_nothing_else() throws IOException {
        assertThat(literals())
                .filteredOn(literal ->
                        literal.text().toLowerCase(java.util.Locale.ROOT).contains("stytch"))
                .containsExactly(new Literal("ProviderSettings.java", ProviderSettings.DEFAULT_PACK));
    }

    @Test
    void no_operation_path_member_claim_issuer_error_type_or_header_of_its_pack_is_in_the_program() throws IOException {
        Set<String> own = namesInThePack();
        assertThat(own)
                .contains(
                        "session_token",
                        "b2b.sessions.exchange",
                        "/v1/sessions/migrate",
                        "stytch.com/{project}",
                        "no_session_arguments",
                        "https://stytch.com/session",
                        "x-stytch-member-session",
                        "error_type");

        assertThat(literals())
                .filteredOn(literal -> own.contains(literal.text()))
                .isEmpty();
    }

    private static List<Literal> literals() throws IOException {
        List<Literal> all = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
                    String name = file.getFileName().toString();
                    LITERAL.matcher(code)
                            .results()
                            .map(MatchResult::group)
                            .forEach(quoted -> all.add(new Literal(name, quoted.substring(1, quoted.length() - 1))));
                }
            }
        }
        return all;
    }

    /** Everything that its catalog and schemas name and that is no everyday word. */
    private static Set<String> namesInThePack() throws IOException {
        Set<String> names = new TreeSet<>();
        Path catalog = Path.of("../config/src/main/resources/contracts", ProviderSettings.DEFAULT_PACK, "catalog.yml");
        JsonNode said = new YAMLMapper().readTree(Files.readAllBytes(catalog));
        said.propertyStream()
                .filter(section -> !section.getKey().equals("description"))
                .forEach(section -> gather(section.getValue(), names));
        names.addAll(said.get("operations").propertyNames());
        said.get("credentials").forEach(header -> names.add(header.asString().toLowerCase(java.util.Locale.ROOT)));
        try (Stream<Path> schemas = Files.walk(catalog.resolveSibling("."))) {
            for (Path schema : schemas.filter(path -> path.toString().endsWith(".schema.json"))
                    .toList()) {
                members(new JsonMapper().readTree(Files.readAllBytes(schema)), names);
            }
        }
        names.removeAll(OF_IMPORTS);
        names.removeAll(OF_REFUSALS);
        return names;
    }

    private static void gather(JsonNode node, Set<String> names) {
        if (node.isString() && OWN.matcher(node.asString()).matches()) {
            names.add(node.asString());
        }
        node.forEach(below -> gather(below, names));
    }

    private static void members(JsonNode schema, Set<String> names) {
        schema.path("properties").propertyNames().stream()
                .filter(name -> OWN.matcher(name).matches())
                .forEach(names::add);
        schema.forEach(below -> members(below, names));
    }
}

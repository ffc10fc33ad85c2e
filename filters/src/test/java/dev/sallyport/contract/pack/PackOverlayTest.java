package dev.sallyport.contract.pack;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.contract.pack.PackFolder.json;
import static dev.sallyport.contract.pack.PackFolder.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pack that extends another: what holds. What is wrong with one is in {@link WrongOverlayTest}. */
final class PackOverlayTest {
    private static final String OVER_SMALL = "extends: ../base\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** Laid over a small pack in the folder beside. */
    private PackFolder mine(String catalog) {
        SmallPack.in(folder.resolve("base"));
        return new PackFolder(folder.resolve("mine")).withExact("catalog.yml", catalog);
    }

    private static List<String> violations(Contract contract, String request) {
        return shown(contract.requestViolations(document(contract.readRequest(json(request)))));
    }

    @Test
    void one_bound_of_one_operation_is_tightened_in_a_dozen_lines() throws IOException {
        PackFolder mine = new PackFolder(folder)
                .withExact("catalog.yml", "extends: stytch\n")
                .withExact("sessions.migrate/request.schema.patch.json", """
                        { "properties": { "session_duration_minutes": { "maximum": 60 } } }
                        """)
                .withExact("sessions.migrate/examples/refused/an-hour-and-a-minute.json", """
                        {
                          "about": "Sessions that were kept elsewhere last an hour.",
                          "request": { "session_token": "t", "session_duration_minutes": 61 },
                          "violations": [{ "in": "request", "at": "/session_duration_minutes", "keyword": "maximum" }]
                        }
                        """);
        String longer = "{'session_token':'t','profile_id':'p','token':'t','session_duration_minutes':61}";

        assertThat(violations(mine.contract("sessions.migrate"), longer))
                .containsExactly("/session_duration_minutes maximum");
        assertThat(violations(mine.contract("sessions.attest"), longer)).isEmpty();
        assertThat(lines()).isLessThanOrEqualTo(12);
    }

    private long lines() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long lines = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(file).size();
            }
            return lines;
        }
    }

    @Test
    void a_rule_is_added_to_one_operation_in_a_dozen_lines() {
        PackFolder mine = new PackFolder(folder).withExact("catalog.yml", """
                extends: stytch
                rules:
                  claims-stay-small:
                    json-size: { at: "request:/session_custom_claims", max-bytes: 20, error-type: custom_claims_too_large }
                operations:
                  b2b.sessions.exchange:
                    rules: { request: { add: [claims-stay-small] } }
                """);
        String request = "{'organization_id':'o','session_token':'t','session_custom_claims':{'a':'0123456789abcdef'}}";

        assertThat(violations(mine.contract("b2b.sessions.exchange"), request))
                .containsExactly("/session_custom_claims claims-stay-small");
        assertThat(violations(mine.contract("b2b.sessions.authenticate"), request))
                .isEmpty();
    }

    @Test
    void a_pack_that_changes_nothing_is_the_one_that_it_extends() {
        PackFolder mine = new PackFolder(folder).withExact("catalog.yml", "extends: stytch\n");

        assertThat(Catalog.in(mine.files())).isEqualTo(Catalog.in(PackFiles.of("stytch")));
        assertThat(mine.load().contracts())
                .extracting(contract -> contract.operation().id())
                .containsExactlyElementsOf(
                        PackCompiler.compiled(PackFiles.of("stytch"), new StrictJson(32)).contracts().stream()
                                .map(contract -> contract.operation().id())
                                .toList());
    }

    @Test
    void a_parameter_of_a_rule_is_laid_over_and_the_others_stay() {
        PackFolder mine = new PackFolder(folder).withExact("catalog.yml", """
                extends: stytch
                rules: { json-size: { json-size: { max-bytes: 20 } } }
                """);

        assertThat(violations(
                        mine.contract("sessions.migrate"),
                        "{'session_token':'t','session_custom_claims':{'a':'0123456789abcdef'}}"))
                .containsExactly("/session_custom_claims json-size");
    }

    @Test
    void what_is_named_is_taken_out_and_nothing_else() {
        PackFolder mine = mine(OVER_SMALL + """
                remove: [/rules/reserved, /operations/login/telemetry]
                operations: { login: { rules: { request: { remove: [reserved] } } } }
                """);

        assertThat(mine.load().ruleNames())
                .containsExactlyInAnyOrder("one-credential", "token-when-user", "subject-is-user");
        assertThat(violations(mine.contract("login"), "{}")).containsExactly(" one-credential");
    }

    @Test
    void an_operation_is_taken_out_and_another_one_comes() {
        PackFolder mine = mine(OVER_SMALL + """
                        remove: [/operations/login]
                        operations:
                          logout: { method: POST, path: /logout }
                        """)
                .with("logout/request.schema.json", "{'type':'object','required':['token']}")
                .with("logout/reply.schema.json", "{'type':'object'}");

        assertThat(mine.load().contracts())
                .extracting(contract -> contract.operation().id())
                .containsExactly("keys", "logout");
    }

    @Test
    void a_rule_of_another_kind_stands_in_the_place_of_the_first() {
        PackFolder mine = mine(OVER_SMALL + """
                rules: { one-credential: { all-present: { values: ["request:/token", "request:/minutes"] } } }
                """);

        assertThat(violations(mine.contract("login"), "{'token':'t'}")).containsExactly(" one-credential");
        assertThat(violations(mine.contract("login"), "{'token':'t','jwt':'j','minutes':5}"))
                .isEmpty();
    }

    @Test
    void a_list_stands_in_the_place_of_the_one_below() {
        PackFolder mine = mine(OVER_SMALL + "operations: { login: { rules: { request: [reserved] } } }\n");

        assertThat(violations(mine.contract("login"), "{}")).isEmpty();
    }

    @Test
    void a_schema_stands_in_the_place_of_the_one_below_if_the_catalog_says_so() {
        PackFolder mine = mine(OVER_SMALL + "replace: [login/request.schema.json]\n")
                .with(
                        "login/request.schema.json",
                        "{'type':'object','required':['jwt'],'properties':{'token':{},'jwt':{}}}");

        assertThat(violations(mine.contract("login"), "{}")).containsExactly("/jwt required", " one-credential");
        assertThat(violations(mine.contract("login"), "{'jwt':'j','else':1}")).isEmpty();
    }

    @Test
    void a_patch_takes_out_what_it_says_is_null() {
        PackFolder mine = mine(OVER_SMALL).with("login/request.schema.patch.json", "{'additionalProperties':null}");

        assertThat(violations(mine.contract("login"), "{'token':'t','else':1}")).isEmpty();
    }

    @Test
    void examples_are_those_of_the_folder_alone() {
        PackFolder mine = mine(OVER_SMALL)
                .with("login/request.schema.patch.json", "{'required':['jwt']}")
                .with("login/examples/accepted/jwt.json", "{'about':'a JWT','request':{'jwt':'j'}}");

        assertThat(mine.load().examples()).isEqualTo(1);
    }

    @Test
    void packs_are_laid_over_each_other_from_the_ground_up() {
        PackFolder mine = mine(OVER_SMALL + "operations: { login: { rules: { request: { remove: [reserved] } } } }\n")
                .with("login/request.schema.patch.json", "{'properties':{'minutes':{'maximum':60}}}");
        PackFolder upper = new PackFolder(folder.resolve("upper"))
                .withExact("catalog.yml", "extends: ../mine\noperations: { login: { path: /enter } }\n")
                .with("login/request.schema.patch.json", "{'properties':{'minutes':{'minimum':5}}}");
        Contract login = upper.contract("login");

        assertThat(login.operation().path()).isEqualTo("/enter");
        assertThat(mine.contract("login").operation().path()).isEqualTo("/login");
        assertThat(violations(login, "{'token':'t','minutes':61}")).containsExactly("/minutes maximum");
        assertThat(violations(login, "{'token':'t','minutes':4}")).containsExactly("/minutes minimum");
        assertThat(upper.files().base().orElseThrow().name()).endsWith("/mine");
    }

    @Test
    void a_changed_file_of_any_layer_is_a_changed_pack() {
        PackFolder mine = mine(OVER_SMALL);
        String before = mine.files().fingerprint();

        SmallPack.in(folder.resolve("base")).with("claims.json", "{'type':'object'}");

        assertThat(mine.files().fingerprint()).isNotEqualTo(before);
        assertThat(mine.files().all())
                .contains(folder.resolve("mine/catalog.yml"))
                .anyMatch(file -> file.normalize().equals(folder.resolve("base/claims.json")));
    }

    @Test
    void while_a_catalog_is_half_written_its_own_files_are_watched_all_the_same() {
        PackFolder mine = mine(OVER_SMALL).withExact("catalog.yml", "extends: [");

        assertThat(mine.files().all()).containsExactly(folder.resolve("mine/catalog.yml"));
        assertThatThrownBy(mine::load).hasMessageMatching(".*mine/catalog.yml at line 1, column .*: is not YAML: .*");
    }

    @Test
    void a_file_that_is_a_link_is_followed() throws IOException {
        PackFolder mine =
                mine(OVER_SMALL).with("patches/one", "{'required':['jwt']}").with("login/x", "");
        Files.createSymbolicLink(
                folder.resolve("mine/login/request.schema.patch.json"), Path.of("..", "patches", "one"));

        assertThat(violations(mine.contract("login"), "{'token':'t'}")).containsExactly("/jwt required");
    }
}

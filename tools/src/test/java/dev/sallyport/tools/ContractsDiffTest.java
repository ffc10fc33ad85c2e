package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class ContractsDiffTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path overlay(String catalog) throws IOException {
        Files.writeString(folder.resolve("catalog.yml"), catalog);
        Path schema = folder.resolve("sessions.migrate/request.schema.patch.json");
        Files.createDirectories(schema.resolveSibling("."));
        Files.writeString(schema, "{\"properties\":{\"session_duration_minutes\":{\"maximum\":60}}}");
        return folder;
    }

    @Test
    void packs_that_promise_the_same_end_with_status_0() {
        Told told = Told.by("contracts", "diff", "stytch", "stytch");

        assertThat(told).isEqualTo(new Told(0, "stytch and stytch: no difference" + System.lineSeparator(), ""));
    }

    @Test
    void each_difference_is_a_line_and_the_status_is_1() throws IOException {
        Path mine = overlay("extends: stytch\nsession-tokens: { b2b: { lifetime: PT1H } }\n");

        Told told = Told.by("contracts", "diff", "stytch", mine.toString());

        assertThat(told.out().lines())
                .containsExactly(
                        "warning: loosened   /session-tokens/b2b/lifetime: PT1H, was PT5M",
                        "tightened  sessions.migrate/request.schema.json#/properties/session_duration_minutes/maximum:"
                                + " 60, was not said",
                        "stytch and " + mine + ": 2 differences (1 tightened, 1 loosened)");
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.err()).isEmpty();
    }

    @Test
    void the_other_way_round_says_the_opposite() throws IOException {
        Path mine = overlay("extends: stytch\n");

        Told told = Told.by("contracts", "diff", mine.toString(), "stytch");

        assertThat(told.out()).startsWith("loosened   sessions.migrate/").contains("/maximum: no longer said, was 60");
    }

    @Test
    void the_list_is_json_on_demand() throws IOException {
        Path mine = overlay("extends: stytch\nremove: [/operations/debug.whoami]\n");

        Told told = Told.by("contracts", "diff", "--json", "stytch", mine.toString());

        var report = new JsonMapper().readTree(told.out());
        assertThat(report.at("/before").asString()).isEqualTo("stytch");
        assertThat(report.at("/differences/0/kind").asString()).isEqualTo("removed");
        assertThat(report.at("/differences/0/place").asString()).isEqualTo("/operations/debug.whoami");
        assertThat(report.at("/differences/0/warning").asBoolean()).isTrue();
        assertThat(report.at("/differences/1/what").asString()).isEqualTo("60, was not said");
        assertThat(told.status()).isEqualTo(1);
    }

    @Test
    void a_pack_that_is_wrong_or_missing_ends_with_status_2() throws IOException {
        Path mine = overlay("extends: stytch\nremove: [/nothing]\n");

        Told wrong = Told.by("contracts", "diff", "stytch", mine.toString());
        Told missing = Told.by("contracts", "diff", "stytch", "nosuch");
        Told alone = Told.by("contracts", "diff", "stytch");

        assertThat(wrong.err()).contains("catalog.yml at line 2, column 10: names nothing in stytch: /nothing");
        assertThat(missing.err())
                .isEqualTo("nosuch: is neither a built-in contract pack nor a folder with a catalog.yml"
                        + System.lineSeparator());
        assertThat(alone.err()).contains("Missing required parameter: 'AFTER'");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(missing.status()).isEqualTo(2);
        assertThat(alone.status()).isEqualTo(2);
    }
}

package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slips in the settings: named at once, with their place and what was expected, and never with a secret. */
final class SettingsProblemsTest {
    @TempDir
    Path folder;

    @Test
    void an_unknown_variable_is_an_error() {
        SettingsFile file =
                file(SettingsFile.LEAST).with(Map.of("SALLYPORT_PROVIDER_BASEULR", "x", "SALLYPORTAL", "not ours"));

        assertThat(file.problems())
                .containsExactly("environment variable: SALLYPORT_PROVIDER_BASEULR: is not a setting;"
                        + " did you mean SALLYPORT_PROVIDER_BASEURL?");
    }

    @Test
    void all_unknown_keys_are_named_at_once_with_their_place_and_the_nearest_known_key() {
        SettingsFile file = file("""
                sallyport:
                  provider:
                    base-url: https://test.stytch.com
                    base-ulr: https://secret@test.stytch.com
                    projects:
                      - id: project-test-1
                        issuer: stytch.com
                  clock-skew: 5s
                  deadline:
                    total: 5s
                """);

        assertThat(file.problems())
                .containsExactly(
                        "sallyport.yml:4:15: sallyport.provider.base-ulr: is not a setting;"
                                + " did you mean sallyport.provider.base-url?",
                        "sallyport.yml:7:17: sallyport.provider.projects[0].issuer: is not a setting;"
                                + " did you mean sallyport.provider.projects[].issuers?",
                        "sallyport.yml:8:15: sallyport.clock-skew: is not a setting;"
                                + " did you mean sallyport.session-token.clock-skew?",
                        "sallyport.yml:10:12: sallyport.deadline.total: is not a setting;"
                                + " did you mean sallyport.deadline?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[hush]", "hush", "[1234567]", "{ a: hush }", "[{ a: hush }]", "[[hush]]", "[true, hush]"})
    void a_key_of_the_settings_that_is_none_is_told_without_it(String keys) {
        SettingsFile file = file(SettingsFile.LEAST + "  idempotency: { mode: on, keys: " + keys + " }\n");

        assertThat(file.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .contains("sallyport.idempotency.keys")
                        .doesNotContain("hush", "1234567"));
    }

    @Test
    void keys_of_the_settings_come_from_variables_as_well() {
        String one = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzLi4=";
        String two = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzISE=";

        assertThat(file(SettingsFile.LEAST)
                        .with(Map.of("SALLYPORT_IDEMPOTENCY_KEYS", one + "," + two))
                        .reader()
                        .read()
                        .idempotency()
                        .keyBytes())
                .hasSize(2);
        assertThat(file(SettingsFile.LEAST + "  idempotency: { keys: [\"${MY_KEY}\"] }\n")
                        .with(Map.of("MY_KEY", two))
                        .reader()
                        .read()
                        .idempotency()
                        .keyBytes())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "'on'", "true", "\"on\""})
    void a_slip_below_on_is_named_as_it_was_meant_however_yaml_reads_the_word(String on) {
        SettingsFile file = file(SettingsFile.LEAST + """
                  telemetry:
                    %s: { challange: refuse, colour: blue }
                """.formatted(on));

        assertThat(file.problems())
                .containsExactly(
                        "sallyport.yml:5:%d: sallyport.telemetry.on.challange: is not a setting;"
                                        .formatted(20 + on.length())
                                + " did you mean sallyport.telemetry.on.challenge?",
                        "sallyport.yml:5:%d: sallyport.telemetry.on.colour: is not a setting"
                                .formatted(36 + on.length()));
    }

    @Test
    void a_value_in_place_of_the_section_on_is_told() {
        SettingsFile file = file(SettingsFile.LEAST + """
                  telemetry:
                    on: refuse
                """);

        assertThat(file.problems())
                .containsExactly(
                        "sallyport.yml:5:9: sallyport.telemetry.on: must be a section with keys of its own, was refuse");
    }

    @Test
    void a_value_in_place_of_all_sections_is_told_once() {
        assertThat(file("sallyport: hello\n").problems())
                .containsExactly("sallyport.yml:1:12: sallyport: must be a section with keys of its own, was hello");
    }

    @Test
    void an_entry_of_a_list_that_is_a_bare_value_is_told_with_its_place_and_how_it_is_written() {
        SettingsFile file = file(SettingsFile.LEAST + "    projects: [project-test-1]\n");

        assertThat(file.problems())
                .containsExactly(
                        "sallyport.yml:4:16: sallyport.provider.projects[0]: must be an entry with keys of its own,"
                                + " written - id: …");
    }

    @Test
    void no_hint_is_given_that_may_mislead() {
        SettingsFile file = file(SettingsFile.LEAST + """
                    colour: blue
                  mode: off
                  attempt: 3
                  retry: { wait: 1s }
                """).with(Map.of("SALLYPORT_COLOUR", "blue"));

        assertThat(file.problems())
                .containsExactly(
                        "environment variable: SALLYPORT_COLOUR: is not a setting",
                        "sallyport.yml:4:13: sallyport.provider.colour: is not a setting",
                        "sallyport.yml:5:9: sallyport.mode: is not a setting",
                        "sallyport.yml:6:12: sallyport.attempt: is not a setting",
                        "sallyport.yml:7:18: sallyport.retry.wait: is not a setting");
    }

    @Test
    void wrong_values_are_named_at_once_with_their_place_and_what_was_expected() {
        SettingsFile file = file("""
                sallyport:
                  provider:
                    base-url: https://test.stytch.com/v1
                    projects:
                      - id: one
                      - id: ""
                    pool: { pending: 0 }
                    reply-limit: huge
                  contracts: { request: loud }
                  deadline: 5m
                  retry: { attempts: many, budget: 120% }
                  session-token: { clock-skew: soon }
                  server-timing: perhaps
                """);

        assertThat(file.problems())
                .containsExactlyInAnyOrder(
                        "sallyport.yml:3:15: sallyport.provider.base-url: must be a URL such as"
                                + " https://api.example.com, without a path, was https://test.stytch.com/v1",
                        "sallyport.yml:6:13: sallyport.provider.projects[1].id: must be a project id, was blank",
                        "sallyport.yml:7:22: sallyport.provider.pool.pending: must be between 1 and 1000000, was 0",
                        "sallyport.yml:8:18: sallyport.provider.reply-limit: must be a size such as 64KB or 1MB,"
                                + " was huge",
                        "sallyport.yml:9:25: sallyport.contracts.request: must be off, report, enforce or enforce: 25%, was loud",
                        "sallyport.yml:10:13: sallyport.deadline: must be between 100ms and 2m, was 5m",
                        "sallyport.yml:11:22: sallyport.retry.attempts: must be a whole number, was many",
                        "sallyport.yml:11:36: sallyport.retry.budget: must be a percentage between 0% and 100%,"
                                + " was 120%",
                        "sallyport.yml:12:32: sallyport.session-token.clock-skew: must be a duration such as 250ms,"
                                + " 10s or 5m, was soon",
                        "sallyport.yml:13:18: sallyport.server-timing: must be true or false, was perhaps");
    }

    @Test
    void a_bad_item_does_not_make_its_list_look_cut_short() {
        assertThat(file("""
                sallyport:
                  provider:
                    base-url: https://test.stytch.com
                    projects: [{ id: one }, { issuers: [a] }, { id: three }]
                """).problems())
                .containsExactly("sallyport.provider.projects[1].id: must be a project id, was missing");
    }

    @Test
    void a_list_with_a_gap_is_refused() {
        SettingsFile file = file(SettingsFile.LEAST).with(Map.of("SALLYPORT_PROVIDER_PROJECTS_1_ID", "project-test-1"));

        assertThat(file.problems())
                .containsExactly("sallyport.provider.projects: must be numbered from 0 on, without gaps");
    }

    @Test
    void a_value_in_place_of_a_section_is_refused() {
        assertThat(file(SettingsFile.LEAST + "  retry: 5\n").problems())
                .containsExactly("sallyport.yml:4:10: sallyport.retry: must be a section with keys of its own, was 5");
    }

    @Test
    void an_operation_without_a_door_is_refused() {
        assertThat(file(SettingsFile.LEAST + "  contracts: { operations: { sessions.migrate: off } }\n")
                        .problems())
                .containsExactly(
                        "sallyport.yml:4:48: sallyport.contracts.operations.sessions.migrate: must be an operation id with request, reply or"
                                + " rules.<rule> below it, was sessions.migrate");
    }

    @Test
    void a_placeholder_is_resolved_or_named() {
        SettingsFile file = file("""
                sallyport:
                  provider:
                    base-url: ${PROVIDER_URL}
                    pack: ${PACK}
                """).with(Map.of("PROVIDER_URL", "https://test.stytch.com"));

        assertThat(file.problems())
                .containsExactly("sallyport.yml:4:11: sallyport.provider.pack: refers to PACK, which is not set");
    }

    @Test
    void a_duration_without_its_unit_is_refused_with_the_units_wherever_it_is_written() {
        SettingsFile file = file(SettingsFile.LEAST + """
                    pool: { connect-timeout: 0 }
                  session-token: { clock-skew: 5, max-age: "300" }
                  rate-limits:
                    limits: [{ name: a, permits: 1, per: 1.5 }]
                """).with(Map.of("SALLYPORT_DEADLINE", "10"));
        String needed = ": must be a duration such as 250ms, 10s or 5m with its unit: ms, s, m, h or d, was ";

        assertThat(file.problems())
                .containsExactlyInAnyOrder(
                        "sallyport.yml:4:30: sallyport.provider.pool.connect-timeout" + needed + "0",
                        "sallyport.yml:5:32: sallyport.session-token.clock-skew" + needed + "5",
                        "sallyport.yml:5:44: sallyport.session-token.max-age" + needed + "300",
                        "sallyport.yml:7:42: sallyport.rate-limits.limits[0].per" + needed + "1.5",
                        "systemEnvironment: sallyport.deadline" + needed + "10");
    }

    @Test
    void a_duration_with_its_unit_is_read_in_each_unit() {
        for (String written : List.of("30s", "30000ms", "PT30S", "1m")) {
            assertThat(file(SettingsFile.LEAST + "  deadline: " + written + "\n")
                            .problems())
                    .as(written)
                    .isEmpty();
        }
    }

    @Test
    void nothing_is_told_as_a_control_character() {
        String yaml = SettingsFile.LEAST + """
                  deadline: "\\e[31m1s"
                  server-timing: "x\\ny"
                """;

        assertThat(file(yaml).problems())
                .containsExactlyInAnyOrder(
                        "sallyport.yml:4:13: sallyport.deadline: must be a duration such as 250ms, 10s or 5m,"
                                + " was \\u001b[31m1s",
                        "sallyport.yml:5:18: sallyport.server-timing: must be true or false, was x\\u000ay");
    }

    private SettingsFile file(String yaml) {
        return new SettingsFile(folder, yaml);
    }
}

package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.ByteSize;
import dev.sallyport.config.ContractSettings;
import dev.sallyport.config.Mode;
import dev.sallyport.config.ModeSettings;
import dev.sallyport.config.Percent;
import dev.sallyport.config.ProjectSettings;
import dev.sallyport.config.RateLimitSettings.LimitSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.TelemetryAction;
import dev.sallyport.config.TokenMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsReaderTest {
    private static final String LEAST = """
            sallyport:
              provider:
                base-url: https://test.stytch.com
            """;

    @TempDir
    Path folder;

    @Test
    void a_base_url_is_enough() {
        Settings settings = file(LEAST).reader().read();

        assertThat(settings.provider().baseUrl()).isEqualTo(URI.create("https://test.stytch.com"));
        assertThat(settings.provider().pack()).isEqualTo("stytch");
        assertThat(settings.provider().sslBundle()).isEmpty();
        assertThat(settings.deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.rateLimits().limits()).isEmpty();
    }

    @Test
    void every_kind_of_value_is_read() {
        Settings settings = file("""
                sallyport:
                  provider:
                    base-url: http://127.0.0.1:9410/
                    ssl-bundle: provider
                    reply-limit: 65536
                    projects:
                      - id: project-test-1
                      - { id: project-test-2, issuers: [one, two] }
                    pool: { max-connections: 7, acquire-timeout: 250ms }
                  session-token: { mode: off, jwks: { refresh: 1m } }
                  retry: { attempts: 1, budget: 35% }
                  rate-limits:
                    store: local
                    limits:
                      - { name: per-project, key: project, permits: 100, per: 1m }
                  request: { body-limit: 1MB }
                  server-timing: true
                """).reader().read();

        assertThat(settings.provider().baseUrl()).isEqualTo(URI.create("http://127.0.0.1:9410"));
        assertThat(settings.provider().sslBundle()).contains("provider");
        assertThat(settings.provider().replyLimit()).isEqualTo(new ByteSize(65_536));
        assertThat(settings.provider().projects())
                .containsExactly(
                        new ProjectSettings("project-test-1", List.of(), List.of(), Optional.empty()),
                        new ProjectSettings("project-test-2", List.of("one", "two"), List.of(), Optional.empty()));
        assertThat(settings.provider().pool().maxConnections()).isEqualTo(7);
        assertThat(settings.provider().pool().pending()).isEqualTo(1000);
        assertThat(settings.sessionToken().mode()).isEqualTo(TokenMode.OFF);
        assertThat(settings.sessionToken().jwks().keep()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.retry().budget()).isEqualTo(new Percent(35));
        assertThat(settings.rateLimits().limits())
                .containsExactly(
                        new LimitSettings("per-project", LimitSettings.Key.PROJECT, 100L, Duration.ofMinutes(1), 100L));
        assertThat(settings.request().bodyLimit()).isEqualTo(new ByteSize(1024 * 1024));
        assertThat(settings.serverTiming()).isTrue();
    }

    @Test
    void an_operation_is_named_by_its_id_with_its_dots() {
        Settings settings = file(LEAST + """
                  contracts:
                    reply: report
                    operations:
                      b2b.sessions.exchange: { reply: off }
                      sessions.migrate:
                        request: report
                """).reader().read();

        assertThat(settings.contracts().reply("b2b.sessions.exchange")).isEqualTo(ModeSettings.of(Mode.OFF));
        assertThat(settings.contracts().request("b2b.sessions.exchange")).isEqualTo(ModeSettings.of(Mode.ENFORCE));
        assertThat(settings.contracts().request("sessions.migrate")).isEqualTo(ModeSettings.of(Mode.REPORT));
        assertThat(settings.contracts().reply("sessions.migrate")).isEqualTo(ModeSettings.of(Mode.REPORT));
        assertThat(settings.contracts().operationIds())
                .containsExactlyInAnyOrder("b2b.sessions.exchange", "sessions.migrate");
    }

    @Test
    void a_mode_is_written_with_or_without_a_share() {
        Settings settings = file(LEAST + """
                  contracts:
                    request: { enforce: 25% }
                    reply: off
                    rules: { organization-as-asked: report, claims-size: { enforce: 10% } }
                    operations:
                      b2b.sessions.exchange_access_token:
                        request: enforce
                        reply: { enforce: 5% }
                        rules: { organization-as-asked: off }
                """).reader().read();

        ContractSettings contracts = settings.contracts();
        assertThat(contracts.request()).hasToString("enforce 25%");
        assertThat(contracts.reply()).isEqualTo(ModeSettings.of(Mode.OFF));
        assertThat(contracts.rule("sessions.attest", "claims-size").map(Object::toString))
                .contains("enforce 10%");
        assertThat(contracts.request("b2b.sessions.exchange_access_token")).isEqualTo(ModeSettings.ENFORCED);
        assertThat(contracts.reply("b2b.sessions.exchange_access_token")).hasToString("enforce 5%");
        assertThat(contracts.rule("b2b.sessions.exchange_access_token", "organization-as-asked"))
                .contains(ModeSettings.of(Mode.OFF));
        assertThat(contracts.rule("b2b.sessions.exchange", "organization-as-asked"))
                .contains(ModeSettings.REPORTED);
    }

    @Test
    void a_bare_on_is_the_section_that_it_looks_like() {
        SettingsFile file = file(LEAST + """
                  telemetry:
                    on: { unavailable: forward, rate-limited: refuse }
                """);

        var on = file.reader().read().telemetry().on();

        assertThat(file.problems()).isEmpty();
        assertThat(on.timeout()).isEqualTo(TelemetryAction.FORWARD);
        assertThat(on.rateLimited()).isEqualTo(TelemetryAction.REFUSE);
    }

    @Test
    void environment_variables_win_over_the_file() {
        SettingsFile file = file(LEAST)
                .with(Map.of(
                        "SALLYPORT_PROVIDER_BASEURL", "http://127.0.0.1:9410",
                        "SALLYPORT_PROVIDER_PROJECTS_0_ID", "project-test-1",
                        "SALLYPORT_RATE_LIMITS_MAX_BUCKETS", "5",
                        "SALLYPORT_CONTRACTS_OPERATIONS_B2B_SESSIONS_EXCHANGE_REPLY", "off"));

        Settings settings = file.reader().read();

        assertThat(settings.provider().baseUrl()).isEqualTo(URI.create("http://127.0.0.1:9410"));
        assertThat(settings.provider().projects())
                .extracting(ProjectSettings::id)
                .containsExactly("project-test-1");
        assertThat(settings.rateLimits().maxBuckets()).isEqualTo(5);
        assertThat(settings.contracts().reply("b2b.sessions.exchange")).isEqualTo(ModeSettings.of(Mode.OFF));
    }

    @Test
    void what_kubernetes_sets_for_a_service_of_our_name_is_not_a_slip() {
        SettingsFile file = file(LEAST)
                .with(Map.of(
                        "SALLYPORT_PORT", "tcp://10.0.0.1:9400",
                        "SALLYPORT_SERVICE_HOST", "10.0.0.1",
                        "SALLYPORT_SERVICE_PORT_HTTP", "9400",
                        "SALLYPORT_PORT_9400_TCP_ADDR", "10.0.0.1",
                        "SALLYPORT_MANAGEMENT_PORT_9401_TCP", "tcp://10.0.0.1:9401"));

        assertThat(file.problems()).isEmpty();
    }

    @Test
    void an_unknown_variable_is_an_error() {
        SettingsFile file = file(LEAST).with(Map.of("SALLYPORT_PROVIDER_BASEULR", "x", "SALLYPORTAL", "not ours"));

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

    @Test
    void no_hint_is_given_that_may_mislead() {
        SettingsFile file = file(LEAST + """
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
    void without_any_settings_the_base_url_is_missing() {
        assertThat(file("other: 1").problems())
                .containsExactly("sallyport.provider.base-url: must be a URL such as https://api.example.com,"
                        + " without a path, was missing");
    }

    @Test
    void a_missing_base_url_is_named_beside_a_wrong_neighbour() {
        assertThat(file("sallyport: { provider: { pool: { pending: 0 } } }").problems())
                .containsExactlyInAnyOrder(
                        "sallyport.provider.base-url: must be a URL such as https://api.example.com,"
                                + " without a path, was missing",
                        "sallyport.yml:1:43: sallyport.provider.pool.pending: must be between 1 and 1000000, was 0");
    }

    @Test
    void a_wrong_neighbour_does_not_make_the_base_url_missing() {
        assertThat(file(LEAST + "    reply-limit: 1\n").problems())
                .containsExactly("sallyport.yml:4:18: sallyport.provider.reply-limit:"
                        + " must be between 4KB and 65536KB, was 1B");
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
        SettingsFile file = file(LEAST).with(Map.of("SALLYPORT_PROVIDER_PROJECTS_1_ID", "project-test-1"));

        assertThat(file.problems())
                .containsExactly("sallyport.provider.projects: must be numbered from 0 on, without gaps");
    }

    @Test
    void a_section_whose_keys_are_commented_out_is_not_there() {
        assertThat(file(LEAST + """
                    projects:
                    pool:
                  retry:
                    # attempts: 3
                  contracts:
                    operations:
                  rate-limits:
                    limits: []
                """).problems()).isEmpty();
    }

    @Test
    void a_value_in_place_of_a_section_is_refused() {
        assertThat(file(LEAST + "  retry: 5\n").problems())
                .containsExactly("sallyport.yml:4:10: sallyport.retry: must be a section with keys of its own, was 5");
    }

    @Test
    void an_operation_without_a_door_is_refused() {
        assertThat(file(LEAST + "  contracts: { operations: { sessions.migrate: off } }\n")
                        .problems())
                .containsExactly("sallyport.contracts.operations: must be an operation id with request, reply or"
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
    void a_password_in_the_base_url_is_refused_and_not_shown() {
        for (String url : List.of("https://me:hush@host", "https://m e:hush@host", "ht tps://me:hush@host:x")) {
            assertThatThrownBy(file("sallyport.provider.base-url: " + url).reader()::read)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("sallyport.provider.base-url: must be a URL")
                    .hasMessageNotContaining("hush");
        }
    }

    private SettingsFile file(String yaml) {
        return new SettingsFile(folder, yaml);
    }
}

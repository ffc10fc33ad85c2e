package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.telemetry.TelemetryAction;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Percent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the settings file and from the environment. */
final class SettingsReaderTest {
    @TempDir
    Path folder;

    @Test
    void a_base_url_is_enough() {
        Settings settings = file(SettingsFile.LEAST).reader().read();

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
                        new ProjectSettings("project-test-1", Optional.empty(), List.of(), List.of(), Optional.empty()),
                        new ProjectSettings(
                                "project-test-2",
                                Optional.empty(),
                                List.of("one", "two"),
                                List.of(),
                                Optional.empty()));
        assertThat(settings.provider().pool().maxConnections()).isEqualTo(7);
        assertThat(settings.provider().pool().pending()).isEqualTo(1000);
        assertThat(settings.sessionToken().mode()).isEqualTo(TokenMode.OFF);
        assertThat(settings.sessionToken().jwks().keep()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.retry().budget()).isEqualTo(new Percent(35));
        assertThat(settings.rateLimits().limits())
                .containsExactly(new LimitSettings("per-project", LimitKey.PROJECT, 100L, Duration.ofMinutes(1), 100L));
        assertThat(settings.request().bodyLimit()).isEqualTo(new ByteSize(1024 * 1024));
        assertThat(settings.serverTiming()).isTrue();
    }

    @Test
    void an_operation_is_named_by_its_id_with_its_dots() {
        Settings settings = file(SettingsFile.LEAST + """
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
        Settings settings = file(SettingsFile.LEAST + """
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
        SettingsFile file = file(SettingsFile.LEAST + """
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
        SettingsFile file = file(SettingsFile.LEAST)
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
        SettingsFile file = file(SettingsFile.LEAST)
                .with(Map.of(
                        "SALLYPORT_PORT", "tcp://10.0.0.1:9400",
                        "SALLYPORT_SERVICE_HOST", "10.0.0.1",
                        "SALLYPORT_SERVICE_PORT_HTTP", "9400",
                        "SALLYPORT_PORT_9400_TCP_ADDR", "10.0.0.1",
                        "SALLYPORT_MANAGEMENT_PORT_9401_TCP", "tcp://10.0.0.1:9401"));

        assertThat(file.problems()).isEmpty();
    }

    @Test
    void a_section_whose_keys_are_commented_out_is_not_there() {
        assertThat(file(SettingsFile.LEAST + """
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

    private SettingsFile file(String yaml) {
        return new SettingsFile(folder, yaml);
    }
}

package dev.sallyport.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.SettingsOf;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of things, as it prints itself: a change to it must be seen in the golden file. */
class PipelineGoldenTest {
    private static final ContractCatalog CATALOG = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));

    @Test
    void every_operation_has_the_pipeline_of_the_golden_file() throws IOException {
        Map<String, Object> everything = settings();
        everything.put("sallyport.provider.projects[0].id", "project-test-1");
        everything.put("sallyport.rate-limits.limits[0].name", "per-project");
        everything.put("sallyport.rate-limits.limits[0].permits", "100");

        String printed = printed(everything);

        assertThat(printed).isEqualTo(golden());
    }

    @Test
    void keys_are_claimed_behind_the_limits_of_projects_and_only_where_the_pack_says_so() {
        Map<String, Object> keyed = settings();
        keyed.put("sallyport.idempotency.mode", "on");
        keyed.put("sallyport.rate-limits.limits[0].name", "per-project");
        keyed.put("sallyport.rate-limits.limits[0].permits", "100");

        Map<String, String> pipelines = new TreeMap<>();
        for (String pipeline : printed(keyed).strip().split("\n\n", -1)) {
            pipelines.put(pipeline.substring(0, pipeline.indexOf(' ')), pipeline);
        }

        String claimed = "by project]\n  idempotency(local, kept 24h)\n  providerHold\n  ";
        assertThat(pipelines).hasSize(20);
        assertThat(pipelines.entrySet().stream()
                        .filter(each -> each.getValue().contains(claimed))
                        .map(Map.Entry::getKey))
                .containsExactly(
                        "b2b.discovery.intermediate_sessions.exchange",
                        "b2b.sessions.attest",
                        "b2b.sessions.exchange",
                        "b2b.sessions.exchange_access_token",
                        "b2b.sessions.migrate",
                        "sessions.attest",
                        "sessions.exchange_access_token",
                        "sessions.migrate");
    }

    @Test
    void what_is_off_is_not_in_the_pipeline() {
        Map<String, Object> off = settings();
        off.put("sallyport.contracts.request", "off");
        off.put("sallyport.contracts.reply", "off");
        off.put("sallyport.session-token.mode", "off");
        off.put("sallyport.telemetry.mode", "off");
        off.put("sallyport.retry.attempts", "1");
        off.put("sallyport.circuit-breaker.mode", "off");
        off.put("sallyport.concurrency.mode", "off");
        off.put("sallyport.rate-limits.follow-provider", "false");

        String printed = printed(off);

        assertThat(printed)
                .doesNotContain(
                        "requestContract",
                        "replyContract",
                        "sessionToken",
                        "telemetry",
                        "retry",
                        "concurrency",
                        "breaker",
                        "rateLimit",
                        "providerHold",
                        "idempotency")
                .contains("observation", "deadline", "provider(POST /v1/sessions/migrate)");
    }

    @Test
    void limits_by_address_count_calls_of_projects_that_are_not_listed_too() {
        Map<String, Object> limited = settings();
        limited.put("sallyport.provider.projects[0].id", "project-test-1");
        limited.put("sallyport.rate-limits.limits[0].name", "per-address");
        limited.put("sallyport.rate-limits.limits[0].key", "address");
        limited.put("sallyport.rate-limits.limits[0].permits", "10");

        assertThat(printed(limited)).contains("rateLimit[per-address 10 per 1000 ms by address]\n  projects(1 listed)");
    }

    @Test
    void a_token_is_verified_even_if_the_contract_of_replies_is_off() {
        Map<String, Object> tokenOnly = settings();
        tokenOnly.put("sallyport.contracts.reply", "off");

        assertThat(printed(tokenOnly))
                .contains("sessionToken(RS256, keys of sessions.jwks)")
                .doesNotContain("replyContract");
    }

    @Test
    void the_binding_of_devices_is_shown_with_its_mode() {
        Map<String, Object> enforced = settings();
        enforced.put("sallyport.provider.fraud-base-url", "http://127.0.0.1:1");
        enforced.put("sallyport.contracts.reply", "off");
        enforced.put("sallyport.session-token.mode", "off");
        enforced.put("sallyport.telemetry.operations.sessions.migrate", "enforce");
        enforced.put("sallyport.contracts.operations.sessions.migrate.rules.device-is-looked-up", "enforce: 25%");

        assertThat(printed(enforced))
                .contains("telemetry(enforce from X-Telemetry-ID, device-is-looked-up=enforce 25%)\n  retry");
    }

    @Test
    void a_request_is_read_even_if_its_contract_is_off() {
        Map<String, Object> enforced = settings();
        enforced.put("sallyport.provider.fraud-base-url", "http://127.0.0.1:1");
        enforced.put("sallyport.contracts.request", "off");
        enforced.put("sallyport.telemetry.operations.sessions.migrate", "enforce");

        assertThat(printed(enforced))
                .containsOnlyOnce("requestReading\n  providerHold\n  telemetry(enforce from X-Telemetry-ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-rule", "lookup-is-of-the-device"})
    void a_mode_for_a_rule_that_takes_none_stops_the_start(String rule) {
        Map<String, Object> named = settings();
        named.put("sallyport.contracts.rules." + rule, "off");

        assertThatThrownBy(() -> printed(named))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("sallyport.contracts.rules." + rule);
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sallyport.provider.base-url", "http://127.0.0.1:1");
        return settings;
    }

    private static String printed(Map<String, Object> settings) {
        return PipelinePreview.text(SettingsOf.keys(settings), CATALOG);
    }

    private static String golden() throws IOException {
        try (var file = Objects.requireNonNull(PipelineGoldenTest.class.getResourceAsStream("/pipelines.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.idempotency.IdempotencyMode;
import dev.sallyport.config.idempotency.IdempotencySettings;
import dev.sallyport.config.idempotency.IdempotencyStore;
import dev.sallyport.config.idempotency.OnStoreFailure;
import dev.sallyport.config.limit.LeaseSettings;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.limit.RateLimitStore;
import dev.sallyport.config.provider.CredentialsMode;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.telemetry.TelemetryAction;
import dev.sallyport.config.telemetry.TelemetryBreakerSettings;
import dev.sallyport.config.telemetry.TelemetryCacheSettings;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.config.telemetry.TelemetryOnSettings;
import dev.sallyport.config.telemetry.TelemetryResultsSettings;
import dev.sallyport.config.telemetry.TelemetrySettings;
import dev.sallyport.config.token.JwksSettings;
import dev.sallyport.config.token.SessionTokenSettings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of settings that are not given, and of those that are right. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class SettingsTest {
    @Test
    void what_is_not_given_gets_its_default() {
        Settings settings = GivenSettings.of(Map.of("provider", provider("https://test.stytch.com")));

        assertThat(settings)
                .isEqualTo(new Settings(
                        new ProviderSettings(
                                "stytch",
                                URI.create("https://test.stytch.com"),
                                Optional.empty(),
                                List.of(),
                                CredentialsMode.FORWARD,
                                new PoolSettings(
                                        500,
                                        1000,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(20),
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(15),
                                        true),
                                ByteSize.parse("1MB"),
                                Optional.empty(),
                                List.of()),
                        CallersSettings.none(),
                        new ContractSettings(
                                ModeSettings.of(Mode.ENFORCE),
                                ModeSettings.of(Mode.ENFORCE),
                                Map.of(),
                                Map.of(),
                                new SafetyCatchSettings(
                                        true, new Percent(50), Duration.ofMinutes(1), 20, Duration.ofMinutes(15)),
                                new DriftSettings(true, Duration.ofHours(24), 100)),
                        new SessionTokenSettings(
                                TokenMode.ENFORCE,
                                Duration.ofSeconds(5),
                                ByteSize.parse("16KB"),
                                Optional.empty(),
                                new JwksSettings(
                                        Duration.ofMinutes(10),
                                        Duration.ofHours(24),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(30),
                                        Optional.empty())),
                        new TelemetrySettings(
                                TelemetryMode.FORWARD,
                                "X-Telemetry-ID",
                                Map.of(),
                                Duration.ofMillis(300),
                                50,
                                new TelemetryOnSettings(
                                        TelemetryAction.FORWARD,
                                        TelemetryAction.FORWARD,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE,
                                        TelemetryAction.REFUSE),
                                new TelemetryCacheSettings(Duration.ofSeconds(10), 10_000),
                                new TelemetryBreakerSettings(20, new Percent(50), Duration.ofSeconds(5)),
                                new TelemetryResultsSettings(
                                        false,
                                        false,
                                        "X-Telemetry-Verdict",
                                        "X-Telemetry-Reasons",
                                        "X-Telemetry-Visitor-Id"),
                                List.of(
                                        "HEADLESS_BROWSER_AUTOMATION",
                                        "USER_AGENT_DECEPTION",
                                        "VIRTUAL_MACHINE",
                                        "SMART_RATE_LIMIT_WARNING",
                                        "RULE_MATCH")),
                        Duration.ofSeconds(10),
                        Map.of(),
                        new RetrySettings(3, Duration.ofMillis(50), new Percent(20), 3),
                        new CircuitBreakerSettings(
                                BreakerMode.ENFORCE,
                                20,
                                new Percent(50),
                                Duration.ofSeconds(2),
                                new Percent(80),
                                Duration.ofSeconds(5)),
                        ConcurrencySettings.defaults(),
                        new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofMillis(25)),
                        List.of(),
                        new RateLimitSettings(
                                RateLimitStore.LOCAL,
                                dev.sallyport.config.limit.OnStoreFailure.LOCAL,
                                new LeaseSettings(new Percent(5), Duration.ofSeconds(2)),
                                new LimitHeaderSettings(true, false),
                                true,
                                List.of(),
                                10_000L),
                        new IdempotencySettings(
                                IdempotencyMode.OFF,
                                Duration.ofHours(24),
                                Duration.ofSeconds(15),
                                IdempotencyStore.LOCAL,
                                List.of(),
                                OnStoreFailure.REFUSE,
                                100_000L,
                                ByteSize.parse("64MB")),
                        new KeptReplySettings(
                                true, true, Duration.ofHours(24), Duration.ofSeconds(1), ByteSize.parse("16MB")),
                        new RequestSettings(
                                ByteSize.parse("64KB"),
                                Duration.ofSeconds(10),
                                ByteSize.parse("16KB"),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(10),
                                ByteSize.parse("64MB"),
                                10_000,
                                1_000,
                                32,
                                new StreamSettings(100, 200, 1_000)),
                        new DrainSettings(Duration.ofSeconds(5), Optional.empty()),
                        new ReloadSettings(true, Duration.ofSeconds(5)),
                        new CaptureSettings(
                                Optional.empty(), ByteSize.parse("64MB"), 5, new Percent(100), ByteSize.parse("16MB")),
                        false,
                        List.of(),
                        new LogSettings(false, false, Optional.empty(), LogFormat.TEXT),
                        new TracingSettings(
                                false,
                                URI.create("http://localhost:4318/v1/traces"),
                                Optional.empty(),
                                new Percent(10),
                                false,
                                Map.of()),
                        new EgressSettings(
                                EgressSettings.PrivateAddresses.ALLOW,
                                Duration.ofSeconds(30),
                                new EgressProxySettings(Optional.empty(), Optional.empty(), List.of())),
                        new ManagementSettings(List.of(), Optional.empty(), true, false, 200)));
    }

    /** The two ways to the defaults say the same. */
    @Test
    void defaults_are_what_a_record_of_nothings_becomes() {
        assertThat(new PoolSettings(null, null, null, null, null, null, null, null))
                .isEqualTo(PoolSettings.defaults());
        assertThat(new ContractSettings(null, null, null, null, null, null)).isEqualTo(ContractSettings.defaults());
        assertThat(new SessionTokenSettings(null, null, null, Optional.empty(), null))
                .isEqualTo(SessionTokenSettings.defaults());
        assertThat(new JwksSettings(null, null, null, null, Optional.empty())).isEqualTo(JwksSettings.defaults());
        assertThat(new TelemetryCacheSettings(null, null)).isEqualTo(TelemetryCacheSettings.defaults());
        assertThat(new TelemetryBreakerSettings(null, null, null)).isEqualTo(TelemetryBreakerSettings.defaults());
        assertThat(new RetrySettings(null, null, null, null)).isEqualTo(RetrySettings.defaults());
        assertThat(new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty(), null))
                .isEqualTo(StoreSettings.defaults());
        assertThat(new RateLimitSettings(null, null, null, null, null, null, null))
                .isEqualTo(RateLimitSettings.defaults());
        assertThat(new IdempotencySettings(null, null, null, null, null, null, null, null))
                .isEqualTo(IdempotencySettings.defaults());
        assertThat(new RequestSettings(null, null, null, null, null, null, null, null, null, null))
                .isEqualTo(RequestSettings.defaults());
        assertThat(new StreamSettings(null, null, null)).isEqualTo(StreamSettings.defaults());
        assertThat(new DrainSettings(null, Optional.empty())).isEqualTo(DrainSettings.defaults());
        assertThat(new LogSettings(null, null, Optional.empty(), null)).isEqualTo(LogSettings.defaults());
        assertThat(new CaptureSettings(Optional.empty(), null, null, null, null))
                .isEqualTo(CaptureSettings.defaults());
    }

    @Test
    void capture_is_off_unless_a_file_is_named() {
        assertThat(capture(" ", null, null).file()).isEmpty();
        assertThat(capture("calls.ndjson", null, null).file()).contains("calls.ndjson");
    }

    @ParameterizedTest
    @CsvSource({
        "https://test.stytch.com, https://test.stytch.com",
        "https://test.stytch.com/, https://test.stytch.com",
        "http://127.0.0.1:9410/, http://127.0.0.1:9410",
        "http://[::1]:9410, http://[::1]:9410"
    })
    void a_base_url_has_no_slash_at_the_end(String given, String normal) {
        assertThat(provider(given).baseUrl()).isEqualTo(URI.create(normal));
    }

    @Test
    void an_operation_has_its_own_deadline_or_that_of_all() {
        ProviderSettings provider = provider("https://test.stytch.com");
        Map<String, String> own = Map.of("sessions.revoke", "5s");
        Settings settings = GivenSettings.of(Map.of("provider", provider, "deadlines", own));

        assertThat(settings.deadline("sessions.revoke")).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.deadline("sessions.list")).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.longestDeadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(GivenSettings.of(Map.of("provider", provider, "deadlines", Map.of("sessions.list", "1m")))
                        .longestDeadline())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "10s, PT10S", "5m, PT5M", "24h, PT24H", "2d, PT48H", "' 1s ', PT1S"})
    void a_duration_has_its_unit(String written, Duration meant) {
        assertThat(Require.duration("key", written)).isEqualTo(meant);
    }

    @Test
    void a_burst_is_as_large_as_the_permits_unless_given() {
        assertThat(limit("a", 7L).burst()).isEqualTo(7);
        assertThat(limit("a", 7L).key()).isEqualTo(LimitKey.PROJECT);
    }

    @Test
    void a_list_that_changes_later_does_not_change_the_settings() {
        List<String> names = new ArrayList<>(List.of("one"));
        var project = new ProjectSettings("project-test-1", Optional.empty(), names, names, Optional.empty());

        names.add("two");

        assertThat(project.issuers()).containsExactly("one");
        assertThat(project.audiences()).containsExactly("one");
    }

    static ProviderSettings provider(String url) {
        return new ProviderSettings(
                null, URI.create(url), Optional.empty(), null, null, null, null, Optional.empty(), null);
    }

    static CaptureSettings capture(String file, ByteSize maxSize, Integer files) {
        return new CaptureSettings(Optional.of(file), maxSize, files, null, null);
    }

    static LimitSettings limit(String name, Long permits) {
        return new LimitSettings(name, null, permits, null, null);
    }
}

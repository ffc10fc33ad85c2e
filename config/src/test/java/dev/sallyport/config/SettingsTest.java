package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.config.RateLimitSettings.LimitSettings;
import dev.sallyport.config.SessionTokenSettings.JwksSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class SettingsTest {
    private static final String URL = "must be a URL such as https://api.example.com, without a path, was ";
    private static final String JWKS_URL =
            "must be a URL such as https://login.example.com/.well-known/jwks.json, was ";

    @Test
    void what_is_not_given_gets_its_default() {
        Settings settings = new Settings(
                provider("https://test.stytch.com"), null, null, null, null, null, null, null, null, null, null);

        assertThat(settings)
                .isEqualTo(new Settings(
                        new ProviderSettings(
                                "stytch",
                                URI.create("https://test.stytch.com"),
                                Optional.empty(),
                                List.of(),
                                new PoolSettings(
                                        500,
                                        1000,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(20),
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(15)),
                                ByteSize.parse("1MB"),
                                Optional.empty()),
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
                        new RetrySettings(3, Duration.ofMillis(50), new Percent(20)),
                        new RateLimitSettings(RateLimitStore.LOCAL, List.of(), 10_000L),
                        new RequestSettings(
                                ByteSize.parse("64KB"),
                                Duration.ofSeconds(10),
                                ByteSize.parse("16KB"),
                                Duration.ofSeconds(20),
                                10_000,
                                32),
                        new ReloadSettings(true, Duration.ofSeconds(5)),
                        new CaptureSettings(
                                Optional.empty(), ByteSize.parse("64MB"), 5, new Percent(100), ByteSize.parse("16MB")),
                        false));
    }

    /** The two ways to the defaults say the same. */
    @Test
    void defaults_are_what_a_record_of_nothings_becomes() {
        assertThat(new PoolSettings(null, null, null, null, null, null, null)).isEqualTo(PoolSettings.defaults());
        assertThat(new ContractSettings(null, null, null, null, null, null)).isEqualTo(ContractSettings.defaults());
        assertThat(new SessionTokenSettings(null, null, null, Optional.empty(), null))
                .isEqualTo(SessionTokenSettings.defaults());
        assertThat(new JwksSettings(null, null, null, null, Optional.empty())).isEqualTo(JwksSettings.defaults());
        assertThat(new TelemetryCacheSettings(null, null)).isEqualTo(TelemetryCacheSettings.defaults());
        assertThat(new TelemetryBreakerSettings(null, null, null)).isEqualTo(TelemetryBreakerSettings.defaults());
        assertThat(new RetrySettings(null, null, null)).isEqualTo(RetrySettings.defaults());
        assertThat(new RateLimitSettings(null, null, null)).isEqualTo(RateLimitSettings.defaults());
        assertThat(new RequestSettings(null, null, null, null, null, null)).isEqualTo(RequestSettings.defaults());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test.stytch.com",
                "ftp://test.stytch.com",
                "https://test.stytch.com/v1",
                "https://test.stytch.com?a=b",
                "https://test.stytch.com#top",
                "https://host:99999",
                "https:///v1"
            })
    void a_wrong_base_url_is_refused(String given) {
        assertRefused(() -> provider(given), "sallyport.provider.base-url", URL + given);
    }

    @Test
    void a_base_url_with_a_password_is_refused_and_not_shown() {
        assertRefused(
                () -> provider("https://me:hush@test.stytch.com"),
                "sallyport.provider.base-url",
                URL + "one with a user name");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("sallyport.provider.base-url", URL + "missing", () -> nothing()),
                wrong(
                        "sallyport.deadline",
                        "must be between 100ms and 2m, was 5m",
                        () -> new Settings(
                                null, null, null, null, Duration.ofMinutes(5), null, null, null, null, null, null)),
                wrong(
                        "sallyport.provider.projects",
                        "must be a list without duplicates, was one twice",
                        () -> projects(
                                new ProjectSettings("one", null, null, Optional.empty()),
                                new ProjectSettings("one", null, null, Optional.empty()))),
                wrong(
                        "sallyport.provider.projects[].id",
                        "must be a project id, was missing",
                        () -> new ProjectSettings(null, null, null, Optional.empty())),
                wrong(
                        "sallyport.provider.pool.max-connections",
                        "must be between 1 and 100000, was 0",
                        () -> new PoolSettings(0, null, null, null, null, null, null)),
                wrong(
                        "sallyport.contracts.operations",
                        "must be an operation id with request, reply or rules.<rule> below it, was sessions.migrate",
                        () -> operations("sessions.migrate", "off")),
                wrong(
                        "sallyport.contracts.operations",
                        "must be off, report, enforce or enforce: 25% for sessions.migrate.reply, was enforced",
                        () -> operations("sessions.migrate.reply", "enforced")),
                wrong(
                        "sallyport.contracts.operations",
                        "must be a percentage between 0% and 100% for sessions.migrate.reply.enforce, was most",
                        () -> operations("sessions.migrate.reply.enforce", "most")),
                wrong(
                        "sallyport.contracts",
                        "must be enforce where a share is given, was REPORT",
                        () -> new ModeSettings(Mode.REPORT, new Percent(5))),
                wrong(
                        "sallyport.contracts.safety-catch.window",
                        "must be between 1s and 1h, was 2h",
                        () -> new SafetyCatchSettings(null, null, Duration.ofHours(2), null, null)),
                wrong(
                        "sallyport.contracts.drift.most-names",
                        "must be between 0 and 10000, was -1",
                        () -> new DriftSettings(null, null, -1)),
                wrong(
                        "sallyport.reload.interval",
                        "must be between 100ms and 1h, was 0s",
                        () -> new ReloadSettings(null, Duration.ZERO)),
                wrong(
                        "sallyport.session-token.clock-skew",
                        "must be between 0s and 2m, was 1h",
                        () -> new SessionTokenSettings(null, Duration.ofHours(1), null, Optional.empty(), null)),
                wrong(
                        "sallyport.session-token.max-size",
                        "must be between 2KB and 256KB, was 1KB",
                        () -> new SessionTokenSettings(null, null, ByteSize.parse("1KB"), Optional.empty(), null)),
                wrong(
                        "sallyport.session-token.max-size",
                        "must be between 2KB and 256KB, was 1024KB",
                        () -> new SessionTokenSettings(null, null, ByteSize.parse("1MB"), Optional.empty(), null)),
                wrong(
                        "sallyport.session-token.max-age",
                        "must be between 1s and 24h, was 0s",
                        () -> new SessionTokenSettings(null, null, null, Optional.of(Duration.ZERO), null)),
                wrong(
                        "sallyport.session-token.max-age",
                        "must be between 1s and 24h, was 25h",
                        () -> new SessionTokenSettings(null, null, null, Optional.of(Duration.ofHours(25)), null)),
                wrong(
                        "sallyport.session-token.jwks.keep",
                        "must be between 10m and 720h, was 5m",
                        () -> new JwksSettings(null, Duration.ofMinutes(5), null, null, Optional.empty())),
                wrong(
                        "sallyport.session-token.jwks.file",
                        "must be the path of a file, was /",
                        () -> new JwksSettings(null, null, null, null, Optional.of("/"))),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "login.example.com/keys",
                        () -> jwksUrl("login.example.com/keys")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "https://login.example.com/",
                        () -> jwksUrl("https://login.example.com/")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "ftp://login.example.com/keys",
                        () -> jwksUrl("ftp://login.example.com/keys")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "one with a user name",
                        () -> jwksUrl("https://me:s3cr3t@login.example.com/keys")),
                wrong(
                        "sallyport.retry.attempts",
                        "must be between 1 and 5, was 6",
                        () -> new RetrySettings(6, null, null)),
                wrong(
                        "sallyport.rate-limits.limits",
                        "must be a list without duplicate names, was a twice",
                        () -> new RateLimitSettings(null, List.of(limit("a", 1L), limit("a", 2L)), null)),
                wrong(
                        "sallyport.rate-limits.limits[].permits",
                        "must be a number of calls, was missing",
                        () -> limit("a", null)),
                wrong(
                        "sallyport.request.body-limit",
                        "must be between 1KB and 16384KB, was 1B",
                        () -> new RequestSettings(new ByteSize(1), null, null, null, null, null)),
                wrong(
                        "sallyport.capture.max-size",
                        "must be between 64KB and 16777216KB, was 1KB",
                        () -> capture("calls", new ByteSize(1024), null)),
                wrong("sallyport.capture.files", "must be between 1 and 1000, was 0", () -> capture("calls", null, 0)),
                wrong(
                        "sallyport.capture.max-pending",
                        "must be between 64KB and 1048576KB, was 0B",
                        () -> new CaptureSettings(Optional.empty(), null, null, null, new ByteSize(0))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_value_is_refused_with_its_key_and_what_was_expected(
            String key, String message, ThrowingCallable making) {
        assertRefused(making, key, message);
    }

    @Test
    void a_burst_is_as_large_as_the_permits_unless_given() {
        assertThat(limit("a", 7L).burst()).isEqualTo(7);
        assertThat(limit("a", 7L).key()).isEqualTo(LimitSettings.Key.PROJECT);
    }

    @Test
    void the_nearest_mode_wins() {
        var contracts = new ContractSettings(
                ModeSettings.REPORTED,
                null,
                Map.of("echo", "enforce", "binding", "enforce: 5%"),
                Map.of(
                        "b2b.sessions.migrate.request", "off",
                        "b2b.sessions.migrate.reply.enforce", "25%",
                        "b2b.sessions.migrate.rules.echo", "report",
                        "sessions.revoke.rules.echo.enforce", "10"),
                null,
                null);

        assertThat(contracts.request("b2b.sessions.migrate")).hasToString("off");
        assertThat(contracts.reply("b2b.sessions.migrate")).hasToString("enforce 25%");
        assertThat(contracts.request("sessions.jwks")).hasToString("report");
        assertThat(contracts.reply("sessions.jwks")).hasToString("enforce");
        assertThat(contracts.rule("b2b.sessions.migrate", "echo")).hasToString("Optional[report]");
        assertThat(contracts.rule("sessions.revoke", "echo")).hasToString("Optional[enforce 10%]");
        assertThat(contracts.rule("sessions.jwks", "echo")).hasToString("Optional[enforce]");
        assertThat(contracts.rule("sessions.jwks", "binding")).hasToString("Optional[enforce 5%]");
        assertThat(contracts.rule("sessions.jwks", "other")).isEmpty();
        assertThat(contracts.operationIds()).containsExactly("b2b.sessions.migrate", "sessions.revoke");
        assertThat(contracts.ruleNames()).containsExactly("binding", "echo");
    }

    @ParameterizedTest
    @CsvSource({
        "off, off, false, false",
        "false, off, false, false",
        "report, report, false, false",
        "enforce, enforce, true, true",
        "Enforce: 25%, enforce 25%, true, false",
        "enforce 25, enforce 25%, true, false",
        "enforce:0%, enforce 0%, false, false",
    })
    void a_mode_is_enforced_for_its_share_of_calls(String written, String shown, boolean first, boolean last) {
        ModeSettings mode = ModeSettings.parse(written);

        assertThat(mode).hasToString(shown);
        assertThat(mode.refuses(() -> 0)).isEqualTo(first);
        assertThat(mode.refuses(() -> 99)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "enforce, report, report",
        "report, enforce, report",
        "off, report, off",
        "enforce: 5%, enforce, enforce 5%"
    })
    void the_milder_of_two_modes_is_the_one_with_less_refusals(String one, String other, String milder) {
        assertThat(ModeSettings.parse(one).atMost(ModeSettings.parse(other))).hasToString(milder);
    }

    @Test
    void a_list_that_changes_later_does_not_change_the_settings() {
        List<String> names = new ArrayList<>(List.of("one"));
        var project = new ProjectSettings("project-test-1", names, names, Optional.empty());

        names.add("two");

        assertThat(project.issuers()).containsExactly("one");
        assertThat(project.audiences()).containsExactly("one");
    }

    private static Arguments wrong(String key, String message, ThrowingCallable making) {
        return arguments(key, message, making);
    }

    private static void assertRefused(ThrowingCallable making, String key, String message) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        invalid -> assertThat(invalid.key()).isEqualTo(key))
                .hasMessage(message);
    }

    private static ContractSettings operations(String key, String mode) {
        return new ContractSettings(null, null, null, Map.of(key, mode), null, null);
    }

    private static Settings nothing() {
        return new Settings(null, null, null, null, null, null, null, null, null, null, null);
    }

    private static ProviderSettings provider(String url) {
        return new ProviderSettings(null, URI.create(url), Optional.empty(), null, null, null, Optional.empty());
    }

    private static ProviderSettings projects(ProjectSettings... projects) {
        return new ProviderSettings(
                null,
                URI.create("https://test.stytch.com"),
                Optional.empty(),
                List.of(projects),
                null,
                null,
                Optional.empty());
    }

    private static ProjectSettings jwksUrl(String url) {
        return new ProjectSettings("one", null, null, Optional.of(URI.create(url)));
    }

    private static CaptureSettings capture(String file, ByteSize maxSize, Integer files) {
        return new CaptureSettings(Optional.of(file), maxSize, files, null, null);
    }

    private static LimitSettings limit(String name, Long permits) {
        return new LimitSettings(name, null, permits, null, null);
    }
}

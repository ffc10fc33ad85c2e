package dev.sallyport.config;

import static dev.sallyport.config.SettingsTest.capture;
import static dev.sallyport.config.SettingsTest.limit;
import static dev.sallyport.config.SettingsTest.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.config.EgressSettings.PrivateAddresses;
import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.idempotency.IdempotencyMode;
import dev.sallyport.config.idempotency.IdempotencySettings;
import dev.sallyport.config.idempotency.IdempotencyStore;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.token.JwksSettings;
import dev.sallyport.config.token.SessionTokenSettings;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that no record takes. Long because it is one table of them. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class WrongSettingTest {
    private static final String URL = "must be a URL such as https://api.example.com, without a path, was ";
    private static final String KEY = "must be the base64 of 32 bytes, as openssl rand -base64 32 prints, ";
    private static final String PROXY = "must be a URL such as http://proxy.example.com:3128, was ";
    private static final String JWKS_URL =
            "must be a URL such as https://login.example.com/.well-known/jwks.json, was ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test.stytch.com",
                "ftp://test.stytch.com",
                "https://test.stytch.com/v1",
                "https://test.stytch.com?a=b",
                "https://test.stytch.com#top",
                "https://host:99999",
                "https://host:",
                "https://host:/",
                "https://[::1]:",
                "https://host:0",
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
                        () -> given("deadline", Duration.ofMinutes(5))),
                wrong(
                        "sallyport.circuit-breaker.window",
                        "must be between 2 and 1000, was 1",
                        () -> new CircuitBreakerSettings(null, 1, null, null, null, null)),
                wrong(
                        "sallyport.circuit-breaker.failures",
                        "must be between 1 and 100, was 0",
                        () -> new CircuitBreakerSettings(null, null, new Percent(0), null, null, null)),
                wrong(
                        "sallyport.circuit-breaker.slow",
                        "must be between 10ms and 2m, was 3m",
                        () -> new CircuitBreakerSettings(null, null, null, Duration.ofMinutes(3), null, null)),
                wrong(
                        "sallyport.circuit-breaker.slow-share",
                        "must be between 1 and 100, was 0",
                        () -> new CircuitBreakerSettings(null, null, null, null, new Percent(0), null)),
                wrong(
                        "sallyport.circuit-breaker.pause",
                        "must be between 100ms and 10m, was 11m",
                        () -> new CircuitBreakerSettings(null, null, null, null, null, Duration.ofMinutes(11))),
                wrong(
                        "sallyport.deadlines.sessions.revoke",
                        "must be between 100ms and 2m, was 50ms",
                        () -> given("deadlines", Map.of("sessions.revoke", "50ms"))),
                wrong(
                        "sallyport.deadlines.sessions.revoke",
                        "must be a duration such as 250ms, 10s or 5m, was 5",
                        () -> given("deadlines", Map.of("sessions.revoke", "5"))),
                wrong(
                        "sallyport.concurrency.max",
                        "must be between 1 and 100000, was 0",
                        () -> new ConcurrencySettings(null, 0, 1, null, null, null, null)),
                wrong(
                        "sallyport.concurrency.min",
                        "must be between 1 and sallyport.concurrency.max, which is 20, was 30",
                        () -> new ConcurrencySettings(null, 20, 30, null, null, null, null)),
                wrong(
                        "sallyport.concurrency.queue",
                        "must be between 1ms and 10s, was 0s",
                        () -> new ConcurrencySettings(null, null, null, Duration.ZERO, null, null, null)),
                wrong(
                        "sallyport.concurrency.loop-lag",
                        "must be between 10ms and 10s, was 5ms",
                        () -> new ConcurrencySettings(null, null, null, null, null, Duration.ofMillis(5), null)),
                wrong(
                        "sallyport.concurrency.direct-memory",
                        "must be between 10% and 99%, was 100%",
                        () -> new ConcurrencySettings(null, null, null, null, null, null, new Percent(100))),
                wrong(
                        "sallyport.drain.delay",
                        "must be between 0s and 10m, was 11m",
                        () -> new DrainSettings(Duration.ofMinutes(11), null)),
                wrong(
                        "sallyport.drain.grace",
                        "must be between 100ms and 10m, was 11m",
                        () -> new DrainSettings(null, Optional.of(Duration.ofMinutes(11)))),
                wrong(
                        "sallyport.drain.grace",
                        "must be more than the longest deadline, which is 10s, was 10s",
                        () -> draining(new DrainSettings(null, Optional.of(Duration.ofSeconds(10))))),
                wrong(
                        "sallyport.provider.projects",
                        "must be a list without duplicates, was one twice",
                        () -> projects(
                                new ProjectSettings("one", Optional.empty(), null, null, Optional.empty()),
                                new ProjectSettings("one", Optional.empty(), null, null, Optional.empty()))),
                wrong(
                        "sallyport.provider.projects[].id",
                        "must be a project id, was missing",
                        () -> new ProjectSettings(null, Optional.empty(), null, null, Optional.empty())),
                wrong(
                        "sallyport.provider.pool.max-connections",
                        "must be between 1 and 100000, was 0",
                        () -> new PoolSettings(0, null, null, null, null, null, null, null)),
                wrong(
                        "sallyport.contracts.operations.sessions.migrate",
                        "must be an operation id with request, reply or rules.<rule> below it, was sessions.migrate",
                        () -> operations("sessions.migrate", "off")),
                wrong(
                        "sallyport.contracts.operations.sessions.migrate.reply",
                        "must be off, report, enforce or enforce: 25%, was enforced",
                        () -> operations("sessions.migrate.reply", "enforced")),
                wrong(
                        "sallyport.contracts.operations.sessions.migrate.reply.enforce",
                        "must be a percentage between 0% and 100%, was most",
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
                        "sallyport.egress.proxy.url",
                        PROXY + "https://proxy.example.com:3128",
                        () -> proxy("https://proxy.example.com:3128")),
                wrong(
                        "sallyport.egress.proxy.url",
                        PROXY + "http://proxy.example.com",
                        () -> proxy("http://proxy.example.com")),
                wrong(
                        "sallyport.egress.proxy.url",
                        PROXY + "http://proxy.example.com:3128/path",
                        () -> proxy("http://proxy.example.com:3128/path")),
                wrong(
                        "sallyport.egress.proxy.url",
                        "must be a URL such as http://proxy.example.com:3128; credentials stand in"
                                + " sallyport.egress.proxy.credentials-file, was one with a user name",
                        () -> proxy("http://me:s3cr3t@proxy.example.com:3128")),
                wrong(
                        "sallyport.egress.proxy.url",
                        "must be a URL such as http://proxy.example.com:3128, because there is more about a proxy, was missing",
                        () -> new EgressProxySettings(Optional.empty(), Optional.of("file"), List.of())),
                wrong(
                        "sallyport.egress.proxy.direct",
                        "must be hosts such as login.internal or, for all below a name, .svc.internal, was https://login",
                        () -> new EgressProxySettings(Optional.empty(), Optional.empty(), List.of("https://login"))),
                wrong(
                        "sallyport.egress.private-addresses",
                        "must be allow, because the proxy of sallyport.egress.proxy resolves names: let it refuse addresses,"
                                + " was refuse",
                        () -> new EgressSettings(
                                PrivateAddresses.REFUSE, null, proxy("http://proxy.example.com:3128"))),
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
                        () -> sessionKeys(new JwksSettings(null, Duration.ofMinutes(5), null, null, Optional.empty()))),
                wrong(
                        "sallyport.session-token.jwks.file",
                        "must be the path of a file, was /",
                        () -> sessionKeys(new JwksSettings(null, null, null, null, Optional.of("/")))),
                wrong(
                        "sallyport.kept-replies.keep",
                        "must be between 1s and 720h, was 0s",
                        () -> new KeptReplySettings(null, null, Duration.ZERO, null, null)),
                wrong(
                        "sallyport.kept-replies.patience",
                        "must be between 50ms and 2m, was 1ms",
                        () -> new KeptReplySettings(null, null, null, Duration.ofMillis(1), null)),
                wrong(
                        "sallyport.kept-replies.max-size",
                        "must be between 64KB and 1048576KB, was 1KB",
                        () -> new KeptReplySettings(null, null, null, null, ByteSize.parse("1KB"))),
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
                        JWKS_URL + "https://login.example.com:/keys",
                        () -> jwksUrl("https://login.example.com:/keys")),
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
                        () -> new RetrySettings(6, null, null, null)),
                wrong(
                        "sallyport.rate-limits.limits",
                        "must be a list without duplicate names, was a twice",
                        () -> new RateLimitSettings(
                                null, null, null, null, null, List.of(limit("a", 1L), limit("a", 2L)), null)),
                wrong(
                        "sallyport.rate-limits.limits[].permits",
                        "must be a number of calls, was missing",
                        () -> limit("a", null)),
                wrong(
                        "sallyport.idempotency.keep",
                        "must be between 1m and 720h, was 59s",
                        () -> keyed(Duration.ofSeconds(59), null)),
                wrong(
                        "sallyport.idempotency.keep",
                        "must be more than the longest deadline, which is 2m, was 1m",
                        () -> GivenSettings.of(Map.of(
                                "provider",
                                projects(),
                                "deadlines",
                                Map.of("sessions.migrate", "2m"),
                                "idempotency",
                                new IdempotencySettings(
                                        IdempotencyMode.ON,
                                        Duration.ofMinutes(1),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)))),
                wrong(
                        "sallyport.idempotency.lease",
                        "must be between 1s and 1m, was 2m",
                        () -> keyed(null, Duration.ofMinutes(2))),
                wrong(
                        "sallyport.store.url",
                        "must be there, because sallyport.idempotency.store is redis, was missing",
                        () -> GivenSettings.of(Map.of("provider", projects(), "idempotency", shared()))),
                wrong("sallyport.idempotency.keys", KEY + "was something else", () -> keyed("s3cr3t!")),
                wrong(
                        "sallyport.idempotency.keys",
                        KEY + "was of 31 bytes",
                        () -> keyed(Base64.getEncoder().encodeToString(new byte[31]))),
                wrong(
                        "sallyport.idempotency.keys",
                        "must be one key or two different ones, the newest first, was the same twice",
                        () -> keyed("same", "same")),
                wrong(
                        "sallyport.idempotency.keys",
                        "must be one key or two different ones, the newest first, was 3 keys",
                        () -> keyed("one", "two", "three")),
                wrong(
                        "sallyport.request.body-limit",
                        "must be between 1KB and 16384KB, was 1B",
                        () -> request(new ByteSize(1), null, null, null)),
                wrong(
                        "sallyport.request.write-timeout",
                        "must be between 100ms and 10m, was 1ms",
                        () -> request(null, Duration.ofMillis(1), null, null)),
                wrong(
                        "sallyport.request.max-unread",
                        "must be between 64KB and 16777216KB, was 1KB",
                        () -> request(null, null, new ByteSize(1024), null)),
                wrong(
                        "sallyport.request.max-connections-per-address",
                        "must be between 1 and 1000000, was 0",
                        () -> request(null, null, null, 0)),
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
        return GivenSettings.of(Map.of());
    }

    private static Settings given(String part, Object value) {
        return GivenSettings.of(Map.of(part, value));
    }

    private static Settings draining(DrainSettings drain) {
        return GivenSettings.of(Map.of("provider", projects(), "drain", drain));
    }

    private static ProviderSettings projects(ProjectSettings... projects) {
        return new ProviderSettings(
                null,
                URI.create("https://test.stytch.com"),
                Optional.empty(),
                List.of(projects),
                null,
                null,
                null,
                Optional.empty(),
                null);
    }

    private static IdempotencySettings keyed(Duration keep, Duration lease) {
        return new IdempotencySettings(null, keep, lease, null, null, null, null, null);
    }

    private static IdempotencySettings shared() {
        return new IdempotencySettings(IdempotencyMode.ON, null, null, IdempotencyStore.REDIS, null, null, null, null);
    }

    private static IdempotencySettings keyed(String... keys) {
        List<Secret> secrets = Stream.of(keys).map(Secret::of).toList();
        return new IdempotencySettings(null, null, null, null, secrets, null, null, null);
    }

    private static EgressProxySettings proxy(String url) {
        return new EgressProxySettings(Optional.of(URI.create(url)), Optional.empty(), List.of());
    }

    private static SessionTokenSettings sessionKeys(JwksSettings jwks) {
        return new SessionTokenSettings(null, null, null, Optional.empty(), jwks);
    }

    private static ProjectSettings jwksUrl(String url) {
        return new ProjectSettings("one", Optional.empty(), null, null, Optional.of(URI.create(url)));
    }

    private static RequestSettings request(
            ByteSize bodyLimit, Duration writeTimeout, ByteSize maxUnread, Integer perAddress) {
        return new RequestSettings(bodyLimit, null, null, null, writeTimeout, maxUnread, null, perAddress, null, null);
    }
}

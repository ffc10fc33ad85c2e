package dev.sallyport.config;

import static dev.sallyport.config.SettingsTest.capture;
import static dev.sallyport.config.SettingsTest.limit;
import static dev.sallyport.config.WrongSetting.assertRefused;
import static dev.sallyport.config.WrongSetting.projects;
import static dev.sallyport.config.WrongSetting.wrong;

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
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Secret;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that no record takes; those of the provider are in {@link WrongProviderSettingTest}. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class WrongSettingTest {
    private static final String KEY = "must be the base64 of 32 bytes, as openssl rand -base64 32 prints, ";

    static Stream<Arguments> wrongValues() {
        return Stream.of(
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
    @MethodSource("wrongValues")
    void a_wrong_value_is_refused_with_its_key_and_what_was_expected(
            String key, String message, ThrowingCallable making) {
        assertRefused(making, key, message);
    }

    private static ContractSettings operations(String key, String mode) {
        return new ContractSettings(null, null, null, Map.of(key, mode), null, null);
    }

    private static Settings given(String part, Object value) {
        return GivenSettings.of(Map.of(part, value));
    }

    private static Settings draining(DrainSettings drain) {
        return GivenSettings.of(Map.of("provider", projects(), "drain", drain));
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

    private static RequestSettings request(
            ByteSize bodyLimit, Duration writeTimeout, ByteSize maxUnread, Integer perAddress) {
        return new RequestSettings(bodyLimit, null, null, null, writeTimeout, maxUnread, null, perAddress, null, null);
    }
}

package dev.sallyport.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.caller.CallerTokens;
import dev.sallyport.config.Settings;
import dev.sallyport.gateway.SettingsOf;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.generation.LoadedPack;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.ProviderEndpoint;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.idempotency.Idempotency;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

/** What one generation hands on to the next, and what it must not touch before it stands. */
final class AssemblyTest {
    private static final Settings FIRST = settings(Map.of());
    private static final LoadedPack PACK = LoadedPack.of(FIRST);
    private static final String BASE64_OF_32_BYTES = "A".repeat(43) + "=";

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final ProviderClients clients =
            ProviderClients.usual(FIRST.provider().pool(), FIRST.telemetry().maxConnections(), HttpResources.get());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Assembly assembly = assembly();
    private boolean clockStands;

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void the_breaker_is_the_one_in_the_registry() {
        Generation first = assembly.first(FIRST, PACK);

        assertThat(first.memory().breaker())
                .isEqualTo(breakers.find("telemetry"))
                .isPresent();
    }

    @Test
    void calls_with_keys_are_remembered_over_every_reload() {
        Settings keyed = settings(Map.of("sallyport.idempotency.mode", "on"));
        Generation first = assembly.first(keyed, PACK);

        Generation second = assembly.after(
                first,
                settings(Map.of("sallyport.idempotency.mode", "on", "sallyport.telemetry.mode", "off")),
                LoadedPack.of(keyed));

        assertThat(second.memory().idempotency())
                .isEqualTo(first.memory().idempotency())
                .isPresent();
    }

    @Test
    void the_breaker_outlives_another_pack_and_other_telemetry_settings() {
        Generation first = assembly.first(FIRST, PACK);

        Generation second = assembly.after(
                first,
                settings(Map.of("sallyport.telemetry.timeout", "123ms")),
                new LoadedPack("x", PACK.catalog(), List.of()));

        assertThat(second.memory().lookup()).isNotSameAs(first.memory().lookup());
        assertThat(second.memory().breaker().orElseThrow())
                .isSameAs(first.memory().breaker().orElseThrow());
        assertThat(breakers.find("telemetry")).isEqualTo(first.memory().breaker());
    }

    @Test
    void verdicts_outlive_what_is_no_concern_of_theirs() {
        Generation first = assembly.first(FIRST, PACK);

        Generation second = assembly.after(first, settings(Map.of("sallyport.contracts.request", "report")), PACK);

        assertThat(second.memory().lookup()).isSameAs(first.memory().lookup());
    }

    @Test
    void the_budget_of_retries_and_the_counts_of_limits_outlive_what_is_no_concern_of_theirs() {
        Generation first = assembly.first(FIRST, PACK);

        Generation second = assembly.after(first, settings(Map.of("sallyport.contracts.request", "report")), PACK);
        Generation third = assembly.after(second, settings(Map.of("sallyport.retry.budget", "50%")), PACK);

        assertThat(second.memory().retries()).isSameAs(first.memory().retries());
        assertThat(second.memory().limits()).isSameAs(first.memory().limits());
        assertThat(third.memory().retries()).isNotSameAs(first.memory().retries());
        assertThat(third.memory().holds()).isSameAs(first.memory().holds());
    }

    @Test
    void what_a_caller_has_used_up_outlives_another_key_and_other_rights_of_its_own() {
        Generation first = assembly.first(calledWith(Map.of()), PACK);

        Generation second = assembly.after(
                first,
                calledWith(Map.of(
                        "sallyport.callers.list[0].keys[1]",
                        "ba9876543210:" + "B".repeat(43),
                        "sallyport.callers.list[0].operations[0]",
                        "sessions.migrate")),
                PACK);
        Generation third =
                assembly.after(second, calledWith(Map.of("sallyport.callers.list[0].limits[0].permits", "6")), PACK);

        assertThat(second.memory().limits()).isSameAs(first.memory().limits());
        assertThat(third.memory().limits()).isNotSameAs(first.memory().limits());
    }

    @Test
    void breakers_and_verdicts_outlive_another_secret_of_the_same_project() {
        Generation first = assembly.first(calledWith(Map.of()), PACK);

        Generation second =
                assembly.after(first, calledWith(Map.of("sallyport.provider.projects[0].secret", "secret-2")), PACK);
        Generation third = assembly.after(
                second, calledWith(Map.of("sallyport.provider.fraud-base-url", "http://127.0.0.1:2")), PACK);

        assertThat(first.memory().breakers()).isNotEmpty();
        assertThat(second.memory().breakers()).isEqualTo(first.memory().breakers());
        assertThat(second.memory().breaker())
                .isEqualTo(first.memory().breaker())
                .isPresent();
        assertThat(second.memory().lookup()).isSameAs(first.memory().lookup());
        assertThat(third.memory().breakers()).isEqualTo(first.memory().breakers());
        assertThat(third.memory().breaker()).isNotEqualTo(first.memory().breaker());
        assertThat(third.memory().lookup()).isNotSameAs(first.memory().lookup());
    }

    @Test
    void a_file_for_the_keys_of_the_callers_issuer_is_tried_before_anything_is_made(@TempDir Path folder) {
        Settings unwritable = calledByTokens(Map.of(
                "sallyport.callers.jwt.jwks.file",
                folder.resolve("none/keys.json").toString()));

        assertThatThrownBy(() -> assembly.first(unwritable, PACK))
                .hasMessageStartingWith("must be a file that can be written")
                .extracting("key")
                .isEqualTo("sallyport.callers.jwt.jwks.file");
    }

    @Test
    void keys_are_not_kept_in_one_file_that_has_two_names(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Settings same = calledByTokens(Map.of(
                "sallyport.session-token.jwks.file",
                real.resolve("keys.json").toString(),
                "sallyport.callers.jwt.jwks.file",
                link.resolve("keys.json").toString()));

        assertThatThrownBy(() -> assembly.first(same, PACK))
                .hasMessageStartingWith("must be another file than that of sallyport.session-token.jwks.file")
                .extracting("key")
                .isEqualTo("sallyport.callers.jwt.jwks.file");
    }

    @Test
    void keys_of_sessions_and_of_the_callers_issuer_are_not_kept_in_one_file(@TempDir Path folder) {
        Settings same = calledByTokens(Map.of(
                "sallyport.session-token.jwks.file",
                folder.resolve("keys.json").toString(),
                "sallyport.callers.jwt.jwks.file",
                folder.resolve("./keys.json").toString()));

        assertThatThrownBy(() -> assembly.first(same, PACK))
                .hasMessageStartingWith("must be another file than that of sallyport.session-token.jwks.file")
                .extracting("key")
                .isEqualTo("sallyport.callers.jwt.jwks.file");
    }

    @Test
    void other_keys_of_idempotency_are_for_the_calls_from_then_on_and_a_stop_waits_for_all() {
        String key = "sallyport.idempotency.keys[0]";
        Map<String, Object> one = Map.of("sallyport.idempotency.mode", "on", key, BASE64_OF_32_BYTES);
        Map<String, Object> other = Map.of("sallyport.idempotency.mode", "on", key, "B".repeat(42) + "A=");
        Generation first = assembly.first(settings(one), PACK);

        Generation second = assembly.after(first, settings(other), PACK);

        Idempotency before = first.memory().idempotency().orElseThrow();
        Idempotency after = second.memory().idempotency().orElseThrow();
        assertThat(after).isNotSameAs(before);
        assertThat(after.unfinished()).isSameAs(before.unfinished());
    }

    @Test
    void a_reload_reads_no_password_of_a_store_that_it_does_not_connect_to(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "s3cr3t\n");
        String key = "sallyport.store.password-file";
        Generation first = assembly.first(settings(Map.of(key, password.toString())), PACK);
        Files.delete(password);

        Generation second = assembly.after(
                first, settings(Map.of(key, password.toString(), "sallyport.contracts.request", "report")), PACK);

        assertThat(second.number()).isEqualTo(2);
    }

    @Test
    void a_breaker_with_other_settings_takes_the_place_of_the_one_before() {
        Generation first = assembly.first(FIRST, PACK);

        Generation second = assembly.after(first, settings(Map.of("sallyport.telemetry.breaker.window", "77")), PACK);

        assertThat(second.memory().breaker()).isNotEqualTo(first.memory().breaker());
        assertThat(breakers.find("telemetry")).isEqualTo(second.memory().breaker());
    }

    @Test
    void where_no_mode_looks_up_any_more_no_breaker_is_shown() {
        Generation first = assembly.first(FIRST, PACK);

        assembly.after(first, settings(Map.of("sallyport.telemetry.mode", "forward")), PACK);

        assertThat(breakers.find("telemetry")).isEmpty();
    }

    @Test
    void a_generation_that_fails_leaves_the_breaker_where_it_was() {
        Generation first = assembly.first(FIRST, PACK);
        clockStands = true;

        assertThatThrownBy(
                        () -> assembly.after(first, settings(Map.of("sallyport.telemetry.breaker.window", "77")), PACK))
                .hasMessage("stands");

        assertThat(breakers.find("telemetry")).isEqualTo(first.memory().breaker());
    }

    @Test
    void there_are_gauges_of_drift_and_of_the_safety_catch_for_each_operation_of_the_pack_at_work(@TempDir Path folder)
            throws IOException {
        Files.writeString(
                folder.resolve("catalog.yml"),
                "description: none\nerror-url: https://errors.invalid/{status}\noperations: {}\n");
        Settings small =
                settings(Map.of("sallyport.telemetry.mode", "off", "sallyport.provider.pack", folder.toString()));
        Generation first = assembly.first(FIRST, PACK);
        assertThat(operationsWith("sallyport.contract.unseen.fields"))
                .containsExactlyInAnyOrderElementsOf(operationsWith("sallyport.safety.catch"))
                .hasSize(PACK.catalog().contracts().size());

        Generation second = assembly.after(first, small, LoadedPack.of(small));
        assertThat(operationsWith("sallyport.contract.unseen.fields")).isEmpty();
        assertThat(operationsWith("sallyport.safety.catch")).isEmpty();

        assembly.after(second, FIRST, PACK);
        assertThat(operationsWith("sallyport.safety.catch")).contains("sessions.migrate");
    }

    private List<String> operationsWith(String gauge) {
        return registry.find(gauge).gauges().stream()
                .map(each -> String.valueOf(each.getId().getTag("operation")))
                .toList();
    }

    private Assembly assembly() {
        var windows = new LineWindows(Schedulers.immediate());
        var meters = GatewayMeters.in(registry, windows);
        var monitoring = new Monitoring(
                registry,
                windows,
                meters,
                ContractObservers.beside(meters.contracts()),
                Captures.started(FIRST, meters.captures()));
        var shared = new Assembly.SharedComponents(
                monitoring,
                ProviderAccess.direct(
                        ProviderEndpoint.of(FIRST.provider(), clients.calls(), clients.watch()),
                        new PipelinePreview.NoKeys()),
                clients.lookups(),
                breakers,
                StoreAccess.none(),
                CallerAccess.of(CallerTokens.NONE, meters.callers()));
        return new Assembly(shared, this::now);
    }

    private Instant now() {
        if (clockStands) {
            throw new IllegalStateException("stands");
        }
        return Instant.EPOCH;
    }

    /** With a caller that has a limit of its own. */
    private static Settings calledWith(Map<String, Object> own) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "sallyport.provider.credentials", "replace",
                "sallyport.provider.projects[0].id", "project-1",
                "sallyport.provider.projects[0].secret", "secret-1",
                "sallyport.callers.hash-keys[0]", BASE64_OF_32_BYTES,
                "sallyport.callers.list[0].name", "billing",
                "sallyport.callers.list[0].keys[0]", "0123456789ab:" + "A".repeat(43),
                "sallyport.callers.list[0].operations[0]", "*",
                "sallyport.callers.list[0].projects[0]", "*",
                "sallyport.callers.list[0].organizations[0]", "*"));
        settings.putAll(Map.of(
                "sallyport.callers.list[0].limits[0].name", "hourly",
                "sallyport.callers.list[0].limits[0].permits", "5",
                "sallyport.callers.list[0].limits[0].per", "1h"));
        settings.putAll(own);
        return settings(settings);
    }

    private static Settings calledByTokens(Map<String, Object> own) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "sallyport.callers.jwt.issuer", "https://login.example.com",
                "sallyport.callers.jwt.audience", "gateway",
                "sallyport.callers.jwt.jwks-url", "https://login.example.com/keys"));
        settings.putAll(own);
        return calledWith(settings);
    }

    private static Settings settings(Map<String, Object> own) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sallyport.provider.base-url", "http://127.0.0.1:1");
        settings.put("sallyport.provider.fraud-base-url", "http://127.0.0.1:1");
        settings.put("sallyport.telemetry.mode", "observe");
        settings.putAll(own);
        return SettingsOf.keys(settings);
    }
}

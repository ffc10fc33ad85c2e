package dev.sallyport.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.SettingsOf;
import dev.sallyport.gateway.StubProvider;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.generation.Generation.Memory;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.ProviderEndpoint;
import dev.sallyport.json.StrictJson;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.RetryBudget;
import dev.sallyport.resilience.hold.ProviderHolds;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

/** Features that share a call, each with every other: what one does must not depend on whether another is there. */
@Timeout(180)
final class FeaturesTogetherTest {
    private static final ContractCatalog CATALOG = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));
    private static final String GOOD = "{\"session_token\":\"legacy\"}";
    private static final String BAD = "{\"session_token\":\"legacy\",\"session_duration_minutes\":1}";
    private static final String WITH_SESSION = "{\"session_token\":\"legacy\",\"session_duration_minutes\":60}";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static StubProvider provider;

    private static ProviderClients clients;

    /** Reading settings takes longer than all that a test does with them. */
    private static final Map<Features, Settings> SETTINGS = new HashMap<>();

    private final BlockingQueue<String> lookedUp = new LinkedBlockingQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @BeforeAll
    static void start() {
        provider = new StubProvider();
        clients = ProviderClients.usual(PoolSettings.defaults(), 1, HttpResources.get());
    }

    @AfterAll
    static void stop() {
        clients.close();
        provider.close();
        SETTINGS.clear();
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_good_call_passes_with_the_telemetry_id_of_its_header(Features on) throws InterruptedException {
        String told = told(on, GOOD);

        boolean carried = on.telemetry() != TelemetryMode.OFF;
        assertThat(told).isEqualTo("200");
        assertThat(provider.asked(StubProvider.MIGRATE))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body().contains("\"telemetry_id\":\"in-header\""))
                        .isEqualTo(carried));
        assertLookedUp(on, "in-header");
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void the_device_that_is_looked_up_is_that_of_the_body(Features on) throws InterruptedException {
        String body = "{\"session_token\":\"legacy\",\"telemetry_id\":\"in-body\"}";

        assertThat(told(on, body)).isEqualTo("200");

        assertThat(provider.asked(StubProvider.MIGRATE))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo(body));
        assertLookedUp(on, "in-body");
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_broken_request_is_refused_where_contracts_are_enforced(Features on) {
        assertThat(told(on, BAD))
                .isEqualTo(on.contracts().equals("enforce") ? "REQUEST_BREAKS_CONTRACT" : withoutSession(on));
    }

    /** The stub never makes a session. What binds one that was asked for refuses its reply, by a token or without. */
    private static String withoutSession(Features on) {
        if (on.tokens()) {
            return "SESSION_TOKEN_REFUSED";
        }
        return on.contracts().equals("off") ? "200" : "REPLY_BREAKS_CONTRACT";
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_query_is_refused_where_contracts_are_enforced(Features on) {
        Upstream<Call> pipeline = pipeline(on);

        String told = told(pipeline.send(call(Features.LISTED, StubProvider.MIGRATE + "?a=b", GOOD)));

        assertThat(told).isEqualTo(on.contracts().equals("enforce") ? "REQUEST_BREAKS_CONTRACT" : "200");
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_body_has_to_be_strict_json(Features on) {
        assertThat(told(on, "{\"session_token\":\"a\",\"session_token\":\"b\"}"))
                .isEqualTo("BODY_UNREADABLE");
    }

    /** That a session was asked for stands in the request alone. */
    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_reply_without_the_session_that_was_asked_for_is_refused_where_replies_are_looked_at(Features on) {
        assertThat(told(on, WITH_SESSION)).isEqualTo(withoutSession(on));
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_call_that_names_no_listed_project_is_refused_where_projects_are_listed(Features on) {
        Upstream<Call> pipeline = pipeline(on);

        assertThat(told(pipeline.send(call("project-2", StubProvider.MIGRATE, GOOD))))
                .isEqualTo(on.listed() ? "UNKNOWN_PROJECT" : "200");
        assertThat(told(pipeline.send(call(null, StubProvider.MIGRATE, GOOD))))
                .isEqualTo(on.listed() ? "UNKNOWN_PROJECT" : "200");
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_limit_counts_calls_that_hold_their_contract(Features on) {
        Upstream<Call> pipeline = pipeline(on);
        if (on.contracts().equals("enforce")) {
            for (int call = 0; call < 2 * Features.PERMITS; call++) {
                told(pipeline.send(call(Features.LISTED, StubProvider.MIGRATE, BAD)));
            }
        }

        for (int call = 0; call < Features.PERMITS; call++) {
            assertThat(told(pipeline.send(call(Features.LISTED, StubProvider.MIGRATE, GOOD))))
                    .isEqualTo("200");
        }
        assertThat(told(pipeline.send(call(Features.LISTED, StubProvider.MIGRATE, GOOD))))
                .isEqualTo(on.limited() ? "RATE_LIMITED" : "200");
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.assembly.Features#all")
    void a_call_that_is_made_again_with_its_key_reaches_the_provider_once_where_keys_are_taken(Features on)
            throws InterruptedException {
        Upstream<Call> pipeline = pipeline(on);
        Call call = call(Features.LISTED, StubProvider.MIGRATE, GOOD);

        assertThat(told(pipeline.send(call))).isEqualTo("200");
        assertThat(told(pipeline.send(call))).isEqualTo("200");

        int made = on.keyed() ? 1 : 2;
        assertThat(provider.asked(StubProvider.MIGRATE)).hasSize(made);
        for (int each = 0; each < made; each++) {
            awaitLookedUp(on, "in-header");
        }
        assertThat(lookedUp).isEmpty();
    }

    /** No connection is made to that port, so each call is tried three times as long as there is a budget. */
    @Test
    void all_operations_retry_from_one_budget() {
        Settings settings = SettingsOf.keys(Map.of("sallyport.provider.base-url", "http://127.0.0.1:1"));
        var registry = new SimpleMeterRegistry();
        var pipelines = new Pipeline(filters(settings, registry, new RetryBudget(0, 3, () -> 0)));
        for (String operation : List.of("sessions.jwks", "b2b.sessions.jwks", "debug.whoami")) {
            Upstream<Call> pipeline = pipelines.of(CATALOG.contract(operation).orElseThrow());
            for (int times = 0; times < 8; times++) {
                Call call = Call.of(
                        operation,
                        new RequestLine("GET", "/v1"),
                        Headers.NONE,
                        new byte[0],
                        new Caller(null, "192.0.2.1"));
                assertThat(told(pipeline.send(call))).isEqualTo("PROVIDER_UNREACHABLE");
            }
        }

        double retries = registry.find("sallyport.retries").tag("why", "unreachable").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        assertThat(retries).isEqualTo(30);
    }

    /** Beside the call, in the mode observe, so perhaps not yet. */
    private void assertLookedUp(Features on, String telemetryId) throws InterruptedException {
        awaitLookedUp(on, telemetryId);
        assertThat(lookedUp).isEmpty();
    }

    private void awaitLookedUp(Features on, String telemetryId) throws InterruptedException {
        if (on.telemetry().looksUp()) {
            assertThat(lookedUp.poll(30, TimeUnit.SECONDS)).isEqualTo(telemetryId);
        }
    }

    private String told(Features on, String body) {
        return told(pipeline(on).send(call(Features.LISTED, StubProvider.MIGRATE, body)));
    }

    /** The status of an answer, or why the gateway refused. */
    private static String told(Mono<Reply> sent) {
        Reply reply = Objects.requireNonNull(sent.block());
        return reply instanceof Answer answer
                ? Integer.toString(answer.status())
                : ((Refusal) reply).rejection().reason().name();
    }

    private static Call call(@Nullable String project, String target, String body) {
        var headers = Headers.of(Map.of(
                "Authorization",
                "Basic x",
                "X-Telemetry-ID",
                "in-header",
                "Idempotency-Key",
                UUID.randomUUID().toString()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Call.of(
                "sessions.migrate", new RequestLine("POST", target), headers, bytes, new Caller(project, "192.0.2.1"));
    }

    private Upstream<Call> pipeline(Features on) {
        provider.forget();
        var filters = filters(
                SETTINGS.computeIfAbsent(on, features -> features.settings(provider.baseUrl(), folder)),
                new SimpleMeterRegistry(),
                new RetryBudget(20, 3, () -> 0));
        return new Pipeline(filters).of(CATALOG.contract("sessions.migrate").orElseThrow());
    }

    private FilterFactory filters(Settings settings, MeterRegistry registry, RetryBudget budget) {
        var windows = new LineWindows(Schedulers.immediate());
        var meters = GatewayMeters.in(registry, windows);
        FingerprintLookup lookup = question -> {
            lookedUp.add(question.telemetryId());
            return Mono.just(DeviceFinding.of(dev.sallyport.telemetry.lookup.LookupOutcome.ALLOW));
        };
        var monitoring = new Monitoring(
                registry, windows, meters, ContractObservers.beside(meters.contracts()), Captures.previewed(settings));
        var memory = new Memory(
                new RateLimits(settings.rateLimits(), LimitStores.local(settings.rateLimits()), meters.limits()),
                new ProviderHolds(System::nanoTime),
                budget,
                Assembly.limiter(settings.concurrency()),
                lookup,
                Optional.empty(),
                Map.of(),
                KeyedCalls.of(settings, Optional.empty(), meters.idempotency()),
                KeptReplies.none(settings.keptReplies()),
                Optional.empty());
        var provider = ProviderAccess.direct(
                ProviderEndpoint.of(settings.provider(), clients.calls(), clients.watch()),
                new PipelinePreview.NoKeys());
        return new FilterFactory(settings, CATALOG, monitoring, provider, memory);
    }
}

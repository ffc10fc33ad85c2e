package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.CredentialKey;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.ratelimit.CallLimitFilter.Proof;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.github.bucket4j.TimeMeter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A project's permits go to those who hold its secret: calls with others take those of their address. Long because it is one decision,
 * told by its cases.
 */
final class CallLimitTest {
    private static final Limit FIVE = limit("five", LimitKey.PROJECT);
    private static final String SECRET = "Basic cHJvamVjdDpzZWNyZXQ=";
    private static final String GUESS = "Basic cHJvamVjdDpndWVzcw==";

    private final AtomicLong nanos = new AtomicLong();
    private final LocalLimitStore store = new LocalLimitStore(100, TimeMeter.SYSTEM_NANOTIME);
    private final Permits permits =
            new Permits(store, new RateLimitFields(new LimitHeaderSettings(false, false)), limit -> {});
    private final GoodCredentials good = new GoodCredentials(nanos::get);
    private final CallLimitFilter filter = filter(FIVE);

    @Test
    void calls_with_the_secret_are_counted_together_the_first_included() {
        List<Boolean> passed = new ArrayList<>();
        for (int call = 0; call < 7; call++) {
            passed.add(passes(SECRET, "192.0.2." + call, 200));
        }

        assertThat(passed).containsExactly(true, true, true, true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500})
    void calls_that_the_provider_does_not_let_in_cost_the_project_nothing(int status) {
        for (int call = 0; call < 100; call++) {
            passes(GUESS, "192.0.2." + call, status);
        }

        assertThat(passes(GUESS, "198.51.100.1", status)).isTrue();
        for (int call = 0; call < 5; call++) {
            assertThat(passes(SECRET, "203.0.113.1", 200)).isTrue();
        }
    }

    @Test
    void calls_that_the_provider_does_not_let_in_are_counted_by_their_address() {
        for (int call = 0; call < 5; call++) {
            passes(GUESS + call, "192.0.2.1", 401);
        }

        assertThat(passes("Basic another", "192.0.2.1", 401)).isFalse();
        assertThat(passes("Basic another", "192.0.2.2", 401)).isTrue();
    }

    @Test
    void a_caller_who_goes_away_before_it_is_told_no_costs_the_project_nothing() {
        for (int call = 0; call < 100; call++) {
            Disposable waiting = filter.around(asked -> Mono.never())
                    .send(call(GUESS, "192.0.2." + call))
                    .subscribe();
            waiting.dispose();
        }

        assertThat(passes(SECRET, "203.0.113.1", 200)).isTrue();
        assertThat(passes(SECRET, "203.0.113.1", 200)).isTrue();
    }

    @Test
    void credentials_that_are_told_no_are_no_longer_good() {
        passes(SECRET, "192.0.2.1", 200);
        passes(SECRET, "192.0.2.1", 401);

        assertThat(good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void credentials_are_good_for_their_project_and_for_an_hour_after_their_last_success() {
        passes(SECRET, "192.0.2.1", 200);
        boolean elsewhere = good.are(CredentialKey.of("project2", SECRET));
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        passes(SECRET, "192.0.2.1", 200);
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        boolean still = good.are(CredentialKey.of("project", SECRET));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(elsewhere).isFalse();
        assertThat(still).isTrue();
        assertThat(good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void other_calls_count_for_a_project_by_what_contracted_ones_proved_and_prove_nothing_themselves() {
        var others = new CallLimitFilter(new CallBuckets(List.of(FIVE)), permits, good, Proof.OF_OTHERS);

        for (int call = 0; call < 100; call++) {
            passes(others, "project", GUESS, "192.0.2." + call, "{}", 200);
        }
        boolean guessed = good.are(CredentialKey.of("project", GUESS));
        passes(SECRET, "203.0.113.1", 200);
        List<Boolean> passed = new ArrayList<>();
        for (int call = 0; call < 5; call++) {
            passed.add(passes(others, "project", SECRET, "198.51.100." + call, "{}", 200));
        }

        assertThat(guessed).isFalse();
        assertThat(passed).containsExactly(true, true, true, true, false);
    }

    @Test
    void keys_which_anyone_may_fetch_prove_nothing_and_cost_the_project_nothing() {
        var keys = new CallLimitFilter(new CallBuckets(List.of(FIVE)), permits, good, Proof.NONE);

        for (int call = 0; call < 10; call++) {
            Calls.through(keys, call(GUESS, "192.0.2.1"), asked -> Mono.just(Calls.answer(200, "{}")));
        }

        assertThat(good.are(CredentialKey.of("project", GUESS))).isFalse();
        assertThat(passes(SECRET, "203.0.113.1", 200)).isTrue();
    }

    @Test
    void what_the_gateway_refuses_proves_nothing() {
        Reply refused = Calls.through(
                filter,
                call(SECRET, "192.0.2.1"),
                asked -> Mono.just(new Refusal(Rejection.of(Reason.SESSION_TOKEN_REFUSED, "no"))));

        assertThat(refused).isInstanceOf(Refusal.class);
        assertThat(good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void an_answer_that_was_stored_and_is_given_again_proves_nothing() {
        Answer stored = Calls.answer(200, "{}");
        var replayed = new Answer(200, stored.headers(), stored.body(), Reply.Timing.NONE, stored.content());

        Calls.through(filter, call(SECRET, "192.0.2.1"), asked -> Mono.just(replayed));

        assertThat(good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void a_call_without_a_project_or_credentials_is_counted_by_its_address() {
        for (int call = 0; call < 5; call++) {
            passes(null, "192.0.2.1", 200);
        }

        assertThat(passes(null, "192.0.2.1", 200)).isFalse();
        assertThat(passes(SECRET, "192.0.2.2", 200)).isTrue();
    }

    @Test
    void an_operation_is_counted_for_all_who_hold_a_secret_and_by_address_for_others() {
        CallLimitFilter operations = filter(limit("operations", LimitKey.OPERATION));
        for (int call = 0; call < 10; call++) {
            passes(operations, "project", GUESS + call, "192.0.2.1", "{}", 401);
        }

        assertThat(passes(operations, "project", GUESS, "192.0.2.1", "{}", 401)).isFalse();
        List<Boolean> passed = new ArrayList<>();
        for (int call = 0; call < 7; call++) {
            passed.add(passes(operations, "project" + call % 2, SECRET, "198.51.100." + call, "{}", 200));
        }
        assertThat(passed).containsExactly(true, true, true, true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body:/organization_id", "header:X-Organization"})
    void a_value_is_counted_within_its_project_for_those_who_hold_its_secret(String key) {
        CallLimitFilter values = filter(limit("values", LimitKey.parse(key)));
        String one = "{\"organization_id\":\"one\"}";
        for (int call = 0; call < 5; call++) {
            assertThat(passes(values, "project", SECRET, "192.0.2.1", one, 200)).isTrue();
        }

        assertThat(passes(values, "project", SECRET, "192.0.2.2", one, 200)).isFalse();
        assertThat(passes(values, "project", SECRET, "192.0.2.1", one.replace("one", "two"), 200))
                .isTrue();
        assertThat(passes(values, "project2", SECRET, "192.0.2.1", one, 200)).isTrue();
    }

    @Test
    void naming_a_value_without_the_secret_costs_only_the_address() {
        CallLimitFilter values = filter(limit("values", LimitKey.parse("body:/organization_id")));
        String one = "{\"organization_id\":\"one\"}";
        for (int call = 0; call < 10; call++) {
            passes(values, "project", GUESS + call, "192.0.2.1", one, 401);
        }

        assertThat(passes(values, "project", GUESS, "192.0.2.1", one.replace("one", "two"), 401))
                .isFalse();
        assertThat(passes(values, "project", SECRET, "198.51.100.1", one, 200)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "1",
                "{\"other\":{\"organization_id\":\"one\"}}",
                "{\"organization_id\":null}",
                "{\"organization_id\":{}}",
                "{\"organization_id\":[\"one\"]}"
            })
    void a_call_without_the_value_is_not_counted_by_it(String body) {
        CallLimitFilter values = filter(limit("values", LimitKey.parse("body:/organization_id")));

        for (int call = 0; call < 10; call++) {
            assertThat(passes(values, "project", SECRET, "192.0.2.1", body, 200))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a, '{\"b\":[{\"a\":0}],\"a\":\"one\"}', one",
        "/a/b, '{\"a\":{\"c\":{},\"b\":12}}', 12",
        "/a/b, '{\"a\":true}', ",
        "/a~1b/m~0n, '{\"a/b\":{\"m~n\":true}}', true"
    })
    void a_field_is_found_by_its_pointer(String pointer, String body, @Nullable String text) {
        assertThat(new BodyField(pointer).of(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(text);
    }

    @Test
    void a_call_that_another_limit_refuses_takes_nothing_of_the_address_if_it_holds_the_secret() {
        var addresses = List.of(limit("address", LimitKey.ADDRESS));
        var edge = new AddressLimitFilter(addresses, permits, good);
        good.add(CredentialKey.of("project", SECRET));
        var refused = new Refusal(Rejection.of(Reason.RATE_LIMITED, "no"));

        for (int call = 0; call < 10; call++) {
            Calls.through(edge, call(SECRET, "192.0.2.1").call(), asked -> Mono.just(refused));
        }
        Reply after =
                Calls.through(edge, call(SECRET, "192.0.2.1").call(), asked -> Mono.just(Calls.answer(200, "{}")));
        for (int call = 0; call < 10; call++) {
            Calls.through(edge, call(GUESS, "192.0.2.2").call(), asked -> Mono.just(refused));
        }
        Reply guessed =
                Calls.through(edge, call(GUESS, "192.0.2.2").call(), asked -> Mono.just(Calls.answer(200, "{}")));

        assertThat(after).isInstanceOf(Answer.class);
        assertThat(guessed).isInstanceOf(Refusal.class);
    }

    private CallLimitFilter filter(Limit limit) {
        return new CallLimitFilter(new CallBuckets(List.of(limit)), permits, good, Proof.OF_SUCCESS);
    }

    private static Limit limit(String name, LimitKey key) {
        return new Limit(name, key, 1, Duration.ofHours(1), 5);
    }

    /** The body's organization is in a header as well. */
    private static boolean passes(
            CallLimitFilter filter, String project, String authorization, String address, String body, int status) {
        String organization = body.replaceAll("\\W|organization_id", "");
        var call = Calls.unread(Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(Map.of("Authorization", authorization, "X-Organization", organization)),
                body.getBytes(StandardCharsets.UTF_8),
                new Caller(project, address)));
        return Calls.through(filter, call, asked -> Mono.just(Calls.answer(status, "{}"))) instanceof Answer;
    }

    private boolean passes(@Nullable String authorization, String address, int status) {
        Reply reply =
                Calls.through(filter, call(authorization, address), asked -> Mono.just(Calls.answer(status, "{}")));
        return reply instanceof Answer;
    }

    private static ReadCall call(@Nullable String authorization, String address) {
        Map<String, String> headers = authorization == null ? Map.of() : Map.of("Authorization", authorization);
        String project = authorization == null ? null : "project";
        return Calls.unread(Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(headers),
                new byte[0],
                new Caller(project, address)));
    }
}

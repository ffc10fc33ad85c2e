package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.idempotency.Idempotency.SecondDoor;
import dev.sallyport.idempotency.Idempotency.Terms;
import dev.sallyport.idempotency.LocalClaimStore.Bounds;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The filter with a provider of lambdas, the local store, and a clock that a test moves. */
final class IdempotencyFilterTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration KEEP = Duration.ofHours(24);
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(6);
    private static final String BODY = "{'token':'s3cr3t'}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LocalClaimStore local =
            new LocalClaimStore(new Bounds(LEASE, KEEP, 100, 1 << 20), () -> time.now(TimeUnit.NANOSECONDS));
    private final List<String> heard = new ArrayList<>();
    private final List<ReadCall> sent = new ArrayList<>();
    private ClaimStore store = local;
    private Function<Answer, Reply> tokens = answer -> answer;
    private Mono<Reply> provider = Mono.fromSupplier(() -> success("{'user':'u'}"));

    @BeforeEach
    void compile() {
        contract = SmallPack.in(folder)
                .withExact(
                        "catalog.yml",
                        SmallPack.CATALOG.replace("    path: /login", "    path: /login\n    idempotency-key: true"))
                .contract("login");
    }

    @Test
    void a_call_without_a_key_goes_on_untouched() {
        ReadCall call = Calls.unread(Calls.call(BODY, Map.of("authorization", "Basic a"), "project"));

        assertThat(answer(send(call)).headers().first("Idempotent-Replayed")).isNull();
        send(call);

        assertThat(sent).containsExactly(call, call);
        assertThat(heard).isEmpty();
    }

    @Test
    void an_operation_that_takes_no_key_has_no_filter() {
        Contract keys = SmallPack.in(folder).contract("keys");

        assertThat(idempotency(false).filter(keys, door(), DEADLINE)).isEmpty();
    }

    @Test
    void a_success_is_given_again_with_its_status_body_and_fields() {
        provider = Mono.fromSupplier(() -> new ReplyReading(contract)
                .read(
                        200,
                        Headers.of(Map.of("content-type", "application/json", "set-cookie", "s=1", "date", "then")),
                        bytes("{'user':'u'}"),
                        Calls.TIMING));
        Answer first = answer(send("key"));

        Answer again = answer(send("\"key\""));

        assertThat(sent).hasSize(1);
        assertThat(first.headers().first("Idempotent-Replayed")).isNull();
        assertThat(again.headers().first("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.headers().first("content-type")).isEqualTo("application/json");
        assertThat(again.headers().first("set-cookie")).isNull();
        assertThat(again.headers().first("date")).isNull();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.timing()).isEqualTo(Timing.NONE);
        assertThat(heard).containsExactly("first", "ended stored", "replayed");
    }

    @Test
    void the_same_key_for_another_call_is_refused_whatever_became_of_the_first() {
        send("key");

        Rejection rejection = Calls.rejection(send(call("key", "{'token':'other'}", "Basic a")));

        assertThat(rejection.reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        assertThat(sent).hasSize(1);
        assertThat(heard).endsWith("reused");
    }

    @Test
    void the_same_key_of_another_caller_is_another_key() {
        send("key");

        Answer other = answer(send(call("key", BODY, "Basic b")));

        assertThat(other.headers().first("Idempotent-Replayed")).isNull();
        assertThat(sent).hasSize(2);
    }

    @Test
    void a_call_in_flight_is_not_made_twice() {
        Sinks.One<Reply> answer = Sinks.one();
        provider = answer.asMono();
        List<Reply> first = new ArrayList<>();
        filter().around(this::provide).send(call("key")).subscribe(first::add);

        Rejection rejection = Calls.rejection(send("key"));

        assertThat(rejection.reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(sent).hasSize(1);
        answer.tryEmitValue(success("{'user':'u'}"));
        assertThat(first).hasSize(1);
        assertThat(answer(send("key")).headers().first("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_call_in_flight_keeps_its_key_for_as_long_as_it_takes() {
        provider = Mono.never();
        filter().around(this::provide).send(call("key")).subscribe();

        time.advanceTimeBy(LEASE.multipliedBy(2));

        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
    }

    @Test
    void a_call_whose_caller_left_is_carried_through_and_its_answer_found() {
        Sinks.One<Reply> answer = Sinks.one();
        provider = answer.asMono();
        Disposable caller = filter().around(this::provide).send(call("key")).subscribe();

        caller.dispose();
        time.advanceTimeBy(LEASE.multipliedBy(2));
        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
        answer.tryEmitValue(success("{'user':'u'}"));

        assertThat(answer(send("key")).headers().first("Idempotent-Replayed")).isEqualTo("true");
        assertThat(sent).hasSize(1);
    }

    @Test
    void a_call_that_nothing_is_heard_of_is_given_up_at_the_deadline_and_its_outcome_unknown() {
        boolean[] given = new boolean[1];
        provider = Mono.<Reply>never().doOnCancel(() -> given[0] = true);
        Disposable caller = filter().around(this::provide).send(call("key")).subscribe();
        caller.dispose();

        time.advanceTimeBy(DEADLINE);

        assertThat(given[0]).isTrue();
        assertThat(heard).endsWith("ended unknown");
        assertUnknown();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429})
    void what_the_provider_said_no_to_may_be_tried_again(int status) {
        provider = Mono.fromSupplier(() -> Calls.answer(status, "{}"));
        send("key");
        send("key");

        assertThat(sent).hasSize(2);
        assertThat(heard).containsExactly("first", "ended freed", "first", "ended freed");
    }

    @Test
    void what_never_left_may_be_tried_again() {
        provider = Mono.fromSupplier(() -> new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no")));
        send("key");
        send("key");

        assertThat(sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 302})
    void after_an_answer_that_leaves_it_open_the_call_is_not_made_again(int status) {
        provider = Mono.fromSupplier(() -> Calls.answer(status, "{}"));
        send("key");

        assertUnknown();
    }

    @Test
    void after_a_reply_that_the_second_door_refused_the_call_is_not_made_again_and_nothing_of_it_kept() {
        provider = Mono.fromSupplier(() ->
                Refusal.of(Rejection.of(Reason.SESSION_TOKEN_REFUSED, "no"), (Answer) success("{'user':'forged'}")));
        send("key");

        assertUnknown();
    }

    @Test
    void after_a_connection_that_broke_once_bytes_had_left_the_call_is_not_made_again() {
        provider = Mono.fromSupplier(() -> new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"), Calls.TIMING));
        send("key");

        assertUnknown();
    }

    @Test
    void after_a_bug_the_call_is_not_made_again() {
        provider = Mono.error(new IllegalStateException("a bug"));
        assertThat(Mono.from(filter().around(this::provide).send(call("key")))
                        .map(reply -> "replied")
                        .onErrorResume(bug -> Mono.just(String.valueOf(bug.getMessage())))
                        .block())
                .isEqualTo("a bug");
        provider = Mono.fromSupplier(() -> success("{}"));

        assertUnknown();
    }

    @Test
    void an_upstream_that_gives_nothing_is_a_bug() {
        provider = Mono.empty();

        assertThat(filter().around(this::provide)
                        .send(call("key"))
                        .map(Reply::toString)
                        .onErrorReturn("failed")
                        .block())
                .isEqualTo("failed");
    }

    @Test
    void an_answer_whose_token_does_not_pass_any_more_is_not_given_again() {
        provider = Mono.fromSupplier(() -> success("{'user':'u','jwt':'t'}"));
        send("key");
        var expired = new Violation("/jwt", "expired", "login#session-token/expired", "must be one", null);
        tokens = answer -> Refusal.of(Rejection.of(Reason.SESSION_TOKEN_REFUSED, "no", List.of(expired)), answer);

        Rejection rejection = Calls.rejection(send("key"));

        assertThat(rejection.reason()).isEqualTo(Reason.STORED_ANSWER_GONE);
        assertThat(rejection.violations()).containsExactly(expired);
        assertThat(sent).hasSize(1);
        assertThat(heard).endsWith("gone");
    }

    @Test
    void an_answer_with_a_token_is_kept_for_no_longer_than_that_can_pass() {
        provider = Mono.fromSupplier(() -> success("{'user':'u','jwt':'t'}"));
        send("key");

        time.advanceTimeBy(TOKEN_LIFE.minusNanos(1));
        assertThat(send("key")).isInstanceOf(Answer.class);
        time.advanceTimeBy(Duration.ofNanos(1));
        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.STORED_ANSWER_GONE);
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'user':'u'}", "{'user':'u','jwt':''}", "{'user':'u','jwt':null}"})
    void an_answer_without_a_token_is_kept_for_as_long_as_its_call_is_remembered(String body) {
        provider = Mono.fromSupplier(() -> success(body));
        send("key");

        time.advanceTimeBy(KEEP.minusNanos(1));
        assertThat(send("key")).isInstanceOf(Answer.class);
        time.advanceTimeBy(Duration.ofNanos(1));
        send("key");
        assertThat(sent).hasSize(2);
    }

    @Test
    void keys_that_are_missing_are_told_as_they_are() {
        send("key");
        tokens = answer -> Refusal.of(Rejection.of(Reason.SESSION_KEYS_UNAVAILABLE, "no keys"), answer);

        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.SESSION_KEYS_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "é", "\"a\";p"})
    void a_header_that_is_no_key_is_refused(String written) {
        assertThat(Calls.rejection(send(written)).reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_INVALID);
        assertThat(sent).isEmpty();
        assertThat(heard).containsExactly("invalid_key");
    }

    @Test
    void a_key_without_a_caller_is_refused() {
        Reply reply = send(Calls.unread(Calls.call(BODY, Map.of("idempotency-key", "key"), null)));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_INVALID);
        assertThat(sent).isEmpty();
    }

    @Test
    void a_store_that_fails_has_the_call_refused() {
        store = new Failing(local);

        Rejection rejection = Calls.rejection(send("key"));

        assertThat(rejection.reason()).isEqualTo(Reason.IDEMPOTENCY_UNAVAILABLE);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
        assertThat(heard).containsExactly("unavailable");
    }

    @Test
    void a_store_that_fails_has_the_call_made_if_the_operator_says_so() {
        store = new Failing(local);

        assertThat(send(call("key"), true)).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("unprotected");
    }

    @Test
    void a_call_that_is_made_without_the_store_is_given_up_at_the_deadline() {
        store = new Failing(local);
        boolean[] given = new boolean[1];
        provider = Mono.<Reply>never().doOnCancel(() -> given[0] = true);
        Filter<ReadCall> filter =
                idempotency(true).filter(contract, door(), DEADLINE).orElseThrow();
        Disposable caller = filter.around(this::provide).send(call("key")).subscribe();
        caller.dispose();

        time.advanceTimeBy(DEADLINE);

        assertThat(given[0]).isTrue();
    }

    @Test
    void a_store_that_fails_while_a_call_is_made_takes_nothing_from_its_answer() {
        var failing = new Failing(local);
        failing.claims = true;
        store = failing;

        assertThat(send("key")).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("first", "ended lost");
        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
        time.advanceTimeBy(LEASE.plusNanos(1));
        assertUnknown();
    }

    @Test
    void an_answer_that_cannot_be_opened_is_not_given() {
        send("key");
        Reply reply = send(call("key"), idempotencyOf(new Tampering(local)));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.STORED_ANSWER_GONE);
        assertThat(heard).endsWith("unreadable");
        assertThat(sent).hasSize(1);
    }

    @Test
    void nothing_happens_before_a_reply_is_asked_for() {
        filter().around(this::provide).send(call("key"));

        assertThat(heard).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void it_says_where_and_how_long_it_remembers() {
        assertThat(filter()).hasToString("idempotency(local, kept 24h)");
    }

    private void assertUnknown() {
        int before = sent.size();
        Rejection rejection = Calls.rejection(send("key"));
        assertThat(rejection.reason()).isEqualTo(Reason.CALL_OUTCOME_UNKNOWN);
        assertThat(rejection.toString() + rejection.message()).doesNotContain("s3cr3t", "forged");
        assertThat(sent).hasSize(before);
        assertThat(heard).endsWith("unknown");
    }

    private Reply send(String key) {
        return send(call(key));
    }

    private Reply send(ReadCall call) {
        return send(call, false);
    }

    private Reply send(ReadCall call, boolean withoutStore) {
        return send(call, idempotency(withoutStore));
    }

    private Reply send(ReadCall call, Idempotency idempotency) {
        Filter<ReadCall> filter = idempotency.filter(contract, door(), DEADLINE).orElseThrow();
        return Objects.requireNonNull(filter.around(this::provide).send(call).block());
    }

    private Filter<ReadCall> filter() {
        return idempotency(false).filter(contract, door(), DEADLINE).orElseThrow();
    }

    private final Keyring keyring = new Keyring(
            List.of("a key of thirty-two bytes, no more".substring(0, 32).getBytes(UTF_8)));

    private Idempotency idempotency(boolean withoutStore) {
        return new Idempotency(keyring, store, new Terms(LEASE, KEEP, withoutStore), events, () -> time);
    }

    private Idempotency idempotencyOf(ClaimStore other) {
        return new Idempotency(keyring, other, new Terms(LEASE, KEEP, false), events, () -> time);
    }

    private SecondDoor door() {
        Filter<ReadCall> check = (call, next) -> next.send(call).map(reply -> tokens.apply((Answer) reply));
        return new SecondDoor(Optional.of(check), TOKEN_LIFE, Set.of("content-type"));
    }

    private Mono<Reply> provide(ReadCall call) {
        sent.add(call);
        return provider;
    }

    private final IdempotencyEvents events = new IdempotencyEvents() {
        @Override
        public void met(String operation, Met met) {
            heard.add(met.label());
        }

        @Override
        public void ended(String operation, Ended ended) {
            heard.add("ended " + ended.label());
        }
    };

    private static ReadCall call(String key) {
        return call(key, BODY, "Basic a");
    }

    private static ReadCall call(String key, String body, String authorization) {
        return Calls.unread(
                Calls.call(body, Map.of("idempotency-key", key, "authorization", authorization), "project"));
    }

    private static Answer answer(Reply reply) {
        assertThat(reply).isInstanceOf(Answer.class);
        return (Answer) reply;
    }

    private Reply success(String body) {
        return new ReplyReading(contract)
                .read(200, Headers.of(Map.of("content-type", "application/json")), bytes(body), Calls.TIMING);
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    /** Fails at everything, or at everything but claims. */
    private static final class Failing implements ClaimStore {
        private final ClaimStore base;
        private boolean claims;

        Failing(ClaimStore base) {
            this.base = base;
        }

        @Override
        public Mono<Claim> claim(Wish wish) {
            return claims ? base.claim(wish) : Mono.error(new IllegalStateException("down"));
        }

        @Override
        public Mono<Boolean> renew(Wish granted) {
            return Mono.error(new IllegalStateException("down"));
        }

        @Override
        public Mono<Boolean> end(Wish granted, Ending ending) {
            return Mono.error(new IllegalStateException("down"));
        }
    }

    /** Changes a bit of every answer. */
    private record Tampering(ClaimStore base) implements ClaimStore {
        @Override
        public Mono<Claim> claim(Wish wish) {
            return base.claim(wish).map(Tampering::tampered);
        }

        private static Claim tampered(Claim claim) {
            @Nullable SealedAnswer answer = claim instanceof Claim.Held held ? held.answer() : null;
            if (answer != null) {
                answer.bytes()[20] ^= 1;
            }
            return claim;
        }

        @Override
        public Mono<Boolean> renew(Wish granted) {
            return base.renew(granted);
        }

        @Override
        public Mono<Boolean> end(Wish granted, Ending ending) {
            return base.end(granted, ending);
        }
    }
}

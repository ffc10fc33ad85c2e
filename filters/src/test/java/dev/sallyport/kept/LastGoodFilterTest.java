package dev.sallyport.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

final class LastGoodFilterTest {
    private static final Contract CONTRACT = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32))
            .contract("rbac.policy")
            .orElseThrow();
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Reply DOWN = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"), new Timing(5, 6));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> heard = new ArrayList<>();
    private final LastGoodReplies replies =
            new LastGoodReplies(new byte[32], 100_000, () -> time.now(java.util.concurrent.TimeUnit.NANOSECONDS));
    private int sent;

    @Test
    void an_old_reply_is_given_for_as_long_as_it_is_kept() {
        send("secret", Mono.just(policy("editor")));

        pass(KEEP.minusSeconds(1));
        Answer kept = (Answer) send("secret", Mono.just(DOWN)).get(0);
        pass(Duration.ofSeconds(1));
        Reply gone = send("secret", Mono.just(DOWN)).get(0);

        assertThat(kept.headers().first("Age")).isEqualTo("599");
        assertThat(kept.headers().first(KeptReply.HEADER)).isEqualTo("stale");
        assertThat(kept.timing()).isEqualTo(Timing.NONE);
        assertThat(gone).isSameAs(DOWN);
        assertThat(heard).containsExactly("stale", "none");
        assertThat(replies.size()).isZero();
        assertThat(replies.callers()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void it_stands_in_for_what_is_the_providers_fault_and_for_no_other_refusal(Reason reason) {
        Reply refusal = new Refusal(Rejection.of(reason, "no"));
        send("secret", Mono.just(policy("editor")));

        Reply reply = send("secret", Mono.just(refusal)).get(0);

        assertThat(reply instanceof Answer).isEqualTo(reason.fault() == Reason.Fault.PROVIDER);
    }

    @Test
    void a_slow_provider_is_waited_for_as_long_as_patience_lasts_and_its_answer_is_kept() {
        Sinks.One<Reply> slow = Sinks.one();
        send("secret", Mono.just(policy("editor")));

        List<Reply> given = send("secret", slow.asMono());
        time.advanceTimeBy(PATIENCE.minusMillis(1));
        int before = given.size();
        time.advanceTimeBy(Duration.ofMillis(1));
        slow.tryEmitValue(policy("reader"));
        time.advanceTime();
        Answer next = (Answer) send("secret", Mono.just(DOWN)).get(0);

        assertThat(before).isZero();
        assertThat(((Answer) given.get(0)).body()).isEqualTo(policy("editor").body());
        assertThat(next.body()).isEqualTo(policy("reader").body());
    }

    @Test
    void without_a_kept_reply_a_slow_provider_is_waited_for() {
        List<Reply> given = send("secret", Mono.never());

        time.advanceTimeBy(DEADLINE.minusMillis(1));
        int before = given.size();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(before).isZero();
        assertThat(((Refusal) given.get(0)).rejection().reason()).isEqualTo(Reason.PROVIDER_TIMED_OUT);
        assertThat(replies.flights().size()).isZero();
    }

    @Test
    void calls_that_ask_the_same_share_one_although_the_first_caller_leaves() {
        Sinks.One<Reply> slow = Sinks.one();
        List<Reply> first = new ArrayList<>();
        Disposable leaving = subscribed("secret", slow.asMono(), Deadline.NONE, first);
        List<Reply> second = send("secret", Mono.error(new AssertionError("asked twice")));
        List<Reply> other = send("other", Mono.just(DOWN));

        leaving.dispose();
        slow.tryEmitValue(policy("editor"));
        time.advanceTime();

        assertThat(first).isEmpty();
        assertThat(second).hasSize(1);
        assertThat(second.get(0).timing()).isEqualTo(Timing.NONE);
        assertThat(other).containsExactly(DOWN);
        assertThat(sent).isEqualTo(2);
        assertThat(replies.flights().size()).isZero();
    }

    @Test
    void a_call_ends_with_its_last_caller_unless_its_credentials_were_accepted_before() {
        List<String> cancelled = new ArrayList<>();
        Mono<Reply> unproven = Mono.<Reply>never().doOnCancel(() -> cancelled.add("unproven"));
        Mono<Reply> proven = Mono.<Reply>never().doOnCancel(() -> cancelled.add("proven"));
        send("proven", Mono.just(policy("editor")));

        Disposable first = subscribed("unproven", unproven, Deadline.NONE, new ArrayList<>());
        Disposable second = subscribed("unproven", unproven, Deadline.NONE, new ArrayList<>());
        Disposable other = subscribed("proven", proven, Deadline.NONE, new ArrayList<>());
        first.dispose();
        assertThat(cancelled).isEmpty();
        second.dispose();
        other.dispose();

        assertThat(cancelled).containsExactly("unproven");
        assertThat(replies.flights().size()).isEqualTo(1);
        time.advanceTimeBy(DEADLINE);
        assertThat(replies.flights().size()).isZero();
        assertThat(send("unproven", Mono.just(policy("editor")))).hasSize(1);
    }

    @Test
    void the_deadline_of_the_first_caller_is_not_that_of_those_who_share_its_call() {
        List<Deadline> seen = new ArrayList<>();
        Upstream<ReadCall> provider = call -> {
            seen.add(call.deadline());
            return Mono.just(policy("editor"));
        };

        filter().filter(call("secret", Deadline.in(Duration.ofMillis(1))), provider)
                .subscribe();

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).nanos()).isEqualTo(DEADLINE.toNanos());
    }

    @Test
    void a_bug_reaches_those_who_wait_and_leaves_the_way_free() {
        List<Throwable> failures = new ArrayList<>();
        filter().filter(call("secret", Deadline.NONE), call -> Mono.error(new IllegalStateException("bug")))
                .subscribe(reply -> {}, failures::add);
        time.advanceTime();

        assertThat(failures).hasSize(1);
        assertThat(send("secret", Mono.just(policy("editor")))).hasSize(1);
    }

    @Test
    void a_reply_that_breaks_its_contract_is_not_kept_although_its_mode_lets_it_pass() {
        send("secret", Mono.just(answer(200, "{\"status_code\":200,\"request_id\":\"r\",\"policy\":{}}")));

        assertThat(send("secret", Mono.just(DOWN))).containsExactly(DOWN);
    }

    @Test
    void of_replies_that_are_too_many_the_least_used_are_forgotten_and_one_that_is_too_large_is_not_kept() {
        for (int caller = 0; caller < 1000; caller++) {
            send("secret" + caller, Mono.just(policy("editor")));
        }
        send("large", Mono.just(policy("x".repeat(200_000))));

        long left = replies.size();
        assertThat(left).isBetween(1L, 200L);
        assertThat(replies.callers()).as("one reply each").isEqualTo((int) left);
        assertThat(send("large", Mono.just(DOWN))).containsExactly(DOWN);
    }

    @Test
    void credentials_that_the_provider_does_not_know_have_nothing_kept_and_others_have_what_they_had() {
        KeptKey one = key("secret", "/v1/rbac/policy");
        KeptKey two = key("secret", "/v1/rbac/policy?page=2");
        KeptKey other = key("other", "/v1/rbac/policy");
        for (KeptKey each : List.of(one, two, other)) {
            replies.keep(each, policy("editor"), KEEP);
        }

        assertThat(replies.forgetCaller(one)).isTrue();
        assertThat(replies.forgetCaller(two)).isFalse();

        assertThat(List.of(one, two, other)).filteredOn(replies::has).containsExactly(other);
        assertThat(replies.callers()).isEqualTo(1);
    }

    @Test
    void no_key_is_that_of_another_call_and_none_says_what_it_is_of() {
        Call call = call("secret", Deadline.NONE).call();
        Call member = call.withHeaders(Headers.replaced(call.headers(), Set.of(), Map.of("X-Act-As", "a")));
        Set<String> credentials = Set.of("x-act-as");

        assertThat(replies.key(call, credentials)).isEqualTo(replies.key(call, credentials));
        assertThat(replies.key(call, credentials)).isNotEqualTo(replies.key(member, credentials));
        assertThat(replies.key(call, credentials)).isNotEqualTo(KeptKey.of(new byte[] {1}, call, credentials));
        assertThat(String.valueOf(replies.key(call, credentials))).isEqualTo("KeptKey");
        assertThat(replies.key(call.withHeaders(Headers.NONE), credentials)).isNull();
    }

    private List<Reply> send(String secret, Mono<Reply> provider) {
        List<Reply> given = new ArrayList<>();
        subscribed(secret, provider, Deadline.NONE, given);
        return given;
    }

    private Disposable subscribed(String secret, Mono<Reply> provider, Deadline deadline, List<Reply> given) {
        Disposable caller = filter().filter(call(secret, deadline), call -> {
                    sent++;
                    return provider;
                })
                .subscribe(given::add);
        time.advanceTime();
        return caller;
    }

    private LastGoodFilter filter() {
        return new LastGoodFilter(
                CONTRACT,
                replies,
                new LastGoodFilter.Terms(
                        KEEP, PATIENCE, DEADLINE, () -> time, (operation, what) -> heard.add(what.label())));
    }

    private void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    private KeptKey key(String secret, String target) {
        return Objects.requireNonNull(
                replies.key(call(secret, target, Deadline.NONE).call(), Set.of()));
    }

    private static ReadCall call(String secret, Deadline deadline) {
        return call(secret, "/v1/rbac/policy", deadline);
    }

    private static ReadCall call(String secret, String target, Deadline deadline) {
        return new ReadCall(
                Call.of(
                        "rbac.policy",
                        new RequestLine("GET", target),
                        Headers.of(Map.of("Authorization", secret)),
                        new byte[0],
                        new Caller("project", "192.0.2.1", deadline)),
                Document.NONE);
    }

    private static Answer policy(String role) {
        return answer(
                200,
                "{\"status_code\":200,\"request_id\":\"r\",\"policy\":{\"resources\":[],\"scopes\":[],\"roles\":[{\"role_id\":\""
                        + role + "\",\"description\":\"\",\"permissions\":[]}]}}");
    }

    private static Answer answer(int status, String body) {
        return new ReplyReading(CONTRACT)
                .read(
                        status,
                        Headers.of(Map.of("Content-Type", "application/json")),
                        body.getBytes(StandardCharsets.UTF_8),
                        new Timing(1, 2));
    }
}

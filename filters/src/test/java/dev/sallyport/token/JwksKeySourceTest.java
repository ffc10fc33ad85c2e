package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.token.JwksFetch.Document;
import dev.sallyport.token.JwksFetch.Fetched;
import dev.sallyport.token.JwksFetch.Refused;
import dev.sallyport.token.KeySource.Issuer;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

final class JwksKeySourceTest {
    private static final Issuer ISSUER =
            new Issuer(new Operation("keys", "GET", "/keys/{project}"), TokenAlgorithm.RS256, "project");
    private static final Issuer OTHER = new Issuer(ISSUER.jwks(), TokenAlgorithm.RS256, "other");
    private static final String GOOD = Keys.jwks(Keys.GOOD);
    private static final String ROTATED = Keys.jwks(Keys.GOOD, Keys.OTHER);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final KeyTiming TIMING = new KeyTiming(
            Duration.ofMinutes(10), Duration.ofHours(4), Duration.ofSeconds(2), INTERVAL, Duration.ofSeconds(5));

    private final FakeFetch fetch = new FakeFetch();
    private final List<String> heard = new ArrayList<>();
    private boolean isDeaf;
    private Scheduler loop = Schedulers.immediate();

    @SuppressWarnings("NullAway.Init") // set before each test
    private VirtualTimeScheduler time;

    @SuppressWarnings("NullAway.Init") // set before each test
    private JwksKeySource source;

    /** With it, the work that is handed to other threads happens at once, and waits end when a test says so. */
    @BeforeEach
    void stopTime() {
        time = VirtualTimeScheduler.getOrSet();
        var desk = new KeyDesk(fetch, TIMING, null, new Recording(), new VirtualClock(), time, () -> loop, () -> 0);
        source = new JwksKeySource(List.of(ISSUER), desk);
    }

    @AfterEach
    void startTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void there_are_no_keys_before_the_first_fetch() {
        assertThat(source.known(ISSUER)).isNull();
        assertThat(source.age(ISSUER)).isEmpty();
        assertThat(source.count(ISSUER)).isZero();
        assertThat(source.hadKeys(ISSUER)).isFalse();
        assertThat(fetch.asked).isEmpty();
    }

    @Test
    void callers_that_come_together_share_one_fetch() {
        List<KeySet> got = new ArrayList<>();
        for (int caller = 0; caller < 50; caller++) {
            source.having(ISSUER, "good").subscribe(got::add);
        }

        fetch.answer(GOOD);

        assertThat(fetch.asked).containsExactly(ISSUER);
        assertThat(got).hasSize(50).containsOnly(got.get(0));
    }

    @Test
    void a_call_that_waited_for_a_fetch_goes_on_on_its_own_loop() {
        Deque<Runnable> own = ownLoop();
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "good").subscribe(got::add);

        fetch.answer(GOOD);

        assertThat(got).isEmpty();
        runAll(own);
        assertThat(got).hasSize(1);
    }

    @Test
    void a_call_that_waited_for_its_turn_goes_on_on_its_own_loop() {
        exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        Deque<Runnable> own = ownLoop();
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);
        fetch.always = ROTATED;

        time.advanceTimeBy(Duration.ofSeconds(4));

        int before = fetch.asked.size();
        runAll(own);
        assertThat(got).hasSize(1);
        assertThat(fetch.asked).hasSize(before + 1); // whoever found out that it may be made was the call, on its loop
    }

    /** From now on calls belong to a loop that runs only when a test says so. */
    private Deque<Runnable> ownLoop() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        loop = Schedulers.fromExecutor(tasks::add);
        return tasks;
    }

    private static void runAll(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void issuers_are_fetched_apart() {
        source.having(ISSUER, "good").subscribe();
        source.having(OTHER, "good").subscribe();

        assertThat(fetch.asked).containsExactly(ISSUER, OTHER);
    }

    @Test
    void a_caller_that_goes_away_does_not_cancel_the_others() {
        List<KeySet> got = new ArrayList<>();
        var leaver = source.having(ISSUER, "good").subscribe();
        source.having(ISSUER, "good").subscribe(got::add);

        leaver.dispose();
        fetch.answer(GOOD);

        assertThat(got).hasSize(1);
        assertThat(fetch.asked).hasSize(1);
    }

    @Test
    void a_fetch_whose_callers_all_went_away_still_brings_the_keys() {
        source.having(ISSUER, "good").subscribe().dispose();

        fetch.answer(GOOD);

        assertThat(source.known(ISSUER)).isNotNull();
    }

    @Test
    void a_bug_in_who_hears_of_a_fetch_does_not_end_all_fetching() {
        isDeaf = true;
        fetch.next(GOOD);
        source.refreshIfDue(ISSUER);
        time.advanceTimeBy(Duration.ofMinutes(10));

        source.refreshIfDue(ISSUER);

        assertThat(fetch.asked).hasSize(2);
    }

    @Test
    void a_fetch_that_hangs_is_given_up_after_the_timeout() {
        source.refreshIfDue(ISSUER);

        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(heard).containsExactly("failed TIMED_OUT");
        fetch.next(GOOD);
        time.advanceTimeBy(Duration.ofSeconds(1));
        source.refreshIfDue(ISSUER);
        assertThat(source.known(ISSUER)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "null, NOT_A_KEY_SET",
        "{}, NOT_A_KEY_SET",
        "<html>, NOT_A_KEY_SET",
        "'{\"keys\":{}}', NOT_A_KEY_SET",
        "'{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":1,\"e\":\"AQAB\"}]}', NOT_A_KEY_SET",
        "'{\"keys\":[]}', NO_SIGNING_KEY",
        "'{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}', NO_SIGNING_KEY",
        "ERROR, UNREACHABLE",
        "THROW, UNREACHABLE",
        "NOTHING, EMPTY",
        "REFUSED, BAD_STATUS",
    })
    void what_is_no_key_set_never_replaces_a_good_one(String answer, FetchFault fault) {
        KeySet good = fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));

        fetch.next(answer);
        source.refreshDue();

        assertThat(fetch.asked).hasSize(2);
        assertThat(source.known(ISSUER)).isSameAs(good);
        assertThat(source.age(ISSUER)).contains(Duration.ofMinutes(10));
        assertThat(heard).last().isEqualTo("failed " + fault + " held");
    }

    @Test
    void keys_are_refreshed_in_the_background_without_a_call_and_the_old_ones_serve_meanwhile() {
        KeySet good = fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));

        source.refreshDue();
        source.refreshDue();
        assertThat(source.known(ISSUER)).isSameAs(good);
        fetch.answer(ROTATED);

        assertThat(fetch.asked).hasSize(2);
        assertThat(source.count(ISSUER)).isEqualTo(2);
        assertThat(heard).containsExactly("refreshed 1", "FOUND", "refreshed 2");
    }

    @Test
    void fresh_keys_are_not_fetched_again() {
        fetched();
        time.advanceTimeBy(Duration.ofMinutes(9).plusSeconds(59));

        source.refreshDue();

        assertThat(fetch.asked).hasSize(1);
    }

    @Test
    void keys_of_issuers_that_only_calls_brought_are_refreshed_as_well() {
        fetch.next(GOOD);
        source.having(OTHER, "good").block();
        time.advanceTimeBy(Duration.ofMinutes(10));

        source.refreshDue();

        assertThat(fetch.asked).containsExactly(OTHER, OTHER);
    }

    @Test
    void an_issuer_that_never_had_keys_is_not_asked_in_the_background() {
        fetch.next("REFUSED");
        source.refreshIfDue(ISSUER);
        time.advanceTimeBy(Duration.ofHours(1));

        source.refreshDue();

        assertThat(fetch.asked).hasSize(1);
        assertThat(heard).containsExactly("failed BAD_STATUS");
    }

    @Test
    void a_provider_that_fails_is_asked_ever_more_seldom() {
        fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));

        for (int second = 0; second < 600; second++) {
            fetch.ready.clear();
            fetch.next("ERROR");
            source.refreshDue();
            time.advanceTimeBy(Duration.ofSeconds(1));
        }

        assertThat(fetch.asked.size() - 1).isBetween(12, 18);
        assertThat(source.known(ISSUER)).isNotNull();
    }

    @Test
    void keys_that_are_too_old_are_not_used_any_more() {
        KeySet good = fetched();
        time.advanceTimeBy(Duration.ofHours(4));
        assertThat(source.known(ISSUER)).isSameAs(good);

        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(source.known(ISSUER)).isNull();
    }

    @Test
    void a_key_that_is_rotated_in_right_after_a_fetch_is_found_at_once() {
        fetched();

        fetch.next(ROTATED);

        assertThat(source.having(ISSUER, "other").block()).isNotNull();
        assertThat(fetch.asked).hasSize(2);
    }

    @Test
    void fetches_that_bring_new_keys_are_not_held_against_anybody() {
        fetched();

        for (int rotation = 1; rotation <= 20; rotation++) {
            time.advanceTimeBy(Duration.ofMillis(100));
            var fresh = Keys.GOOD.getKeyID() + rotation;
            fetch.next(Keys.jwks(Keys.named(fresh)));
            assertThat(source.having(ISSUER, fresh).block()).as(fresh).isNotNull();
        }

        assertThat(fetch.asked).hasSize(21);
    }

    @Test
    void made_up_key_ids_have_the_provider_asked_a_few_times_and_then_once_an_interval() {
        fetched();
        fetch.always = GOOD;

        for (int caller = 0; caller < 10_000; caller++) {
            source.having(ISSUER, "made-up-" + caller).subscribe();
            time.advanceTimeBy(Duration.ofMillis(30)); // five minutes in all
        }

        assertThat(fetch.asked.size() - 1).isBetween(10, 3 + 10 + 1);
    }

    @Test
    void a_call_waits_for_the_next_permitted_fetch_if_that_comes_within_its_patience() {
        exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);
        assertThat(got).isEmpty();

        fetch.always = ROTATED;
        time.advanceTimeBy(Duration.ofSeconds(4));

        assertThat(got).hasSize(1);
    }

    @Test
    void a_call_is_refused_at_once_if_the_next_permitted_fetch_lies_beyond_its_patience() {
        exhausted();
        int before = fetch.asked.size();

        Optional<KeySet> got = source.having(ISSUER, "other").blockOptional();

        assertThat(got).isEmpty();
        assertThat(heard).last().isEqualTo("NOT_ASKED");
        assertThat(fetch.asked).hasSize(before);
    }

    @Test
    void a_call_that_waits_is_served_by_whatever_fetch_brings_its_key() {
        exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);

        fetch.always = ROTATED;
        source.refreshIfDue(ISSUER); // is not due
        assertThat(got).isEmpty();
        time.advanceTimeBy(Duration.ofMinutes(10));
        source.refreshDue();

        assertThat(got).hasSize(1);
    }

    @Test
    void only_so_many_calls_wait() {
        exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        heard.clear();

        for (int caller = 0; caller < 300; caller++) {
            source.having(ISSUER, "made-up-" + caller).subscribe();
        }

        assertThat(heard).hasSize(300 - 256).containsOnly("NOT_ASKED");
    }

    @Test
    void a_call_that_leaves_makes_room_for_another_to_wait() {
        exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        heard.clear();

        for (int caller = 0; caller < 300; caller++) {
            source.having(ISSUER, "made-up-" + caller).subscribe().dispose();
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void a_key_id_that_the_provider_does_not_know_is_remembered_for_a_while() {
        fetched();
        fetch.always = GOOD;
        assertThat(source.having(ISSUER, "other").blockOptional()).isEmpty();
        List<KeySet> got = new ArrayList<>();

        source.having(ISSUER, "other").subscribe(got::add);
        time.advanceTimeBy(Duration.ofMillis(2900));
        assertThat(fetch.asked).hasSize(2);

        fetch.always = ROTATED;
        time.advanceTimeBy(Duration.ofMillis(200));
        assertThat(fetch.asked).hasSize(3);
        assertThat(got).hasSize(1);
    }

    @Test
    void a_fetch_that_began_before_the_call_asked_is_not_the_last_word() {
        fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));
        source.refreshDue();
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);

        fetch.next(ROTATED);
        fetch.answer(GOOD);

        assertThat(fetch.asked).hasSize(3);
        assertThat(got).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "{}"})
    void without_keys_a_call_waits_for_the_next_try(String answer) {
        fetch.next(answer).next(GOOD);
        List<KeySet> got = new ArrayList<>();

        source.having(ISSUER, "good").subscribe(got::add);
        assertThat(got).isEmpty();
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(got).hasSize(1);
        assertThat(fetch.asked).hasSize(2);
    }

    @Test
    void while_the_provider_fails_no_call_waits_longer_than_its_patience() {
        fetch.always = "ERROR";
        List<String> ended = new ArrayList<>();
        source.having(ISSUER, "good").subscribe(keys -> ended.add("keys"), bug -> {}, () -> ended.add("none"));

        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(ended).containsExactly("none");
        assertThat(fetch.asked).hasSizeLessThan(6);
    }

    @Test
    void saved_keys_serve_until_there_are_newer_ones() throws ParseException {
        Instant fetched = new VirtualClock().instant().minus(Duration.ofHours(3));
        source.restore(ISSUER, GOOD, fetched);
        assertThat(source.known(ISSUER)).isNotNull();
        assertThat(source.reports().get(0).fromFile()).isTrue();
        assertThat(source.age(ISSUER)).contains(Duration.ofHours(3));

        fetch.next(ROTATED);
        source.refreshDue();

        assertThat(source.count(ISSUER)).isEqualTo(2);
        assertThat(source.reports().get(0).fromFile()).isFalse();
    }

    @Test
    void saved_keys_that_are_too_old_do_not_serve() throws ParseException {
        source.restore(ISSUER, GOOD, new VirtualClock().instant().minus(Duration.ofHours(5)));

        assertThat(source.known(ISSUER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\":[]}", "<html>"})
    void what_was_saved_and_is_no_key_set_is_refused(String damaged) {
        assertThatThrownBy(() -> source.restore(ISSUER, damaged, Instant.EPOCH)).isInstanceOf(ParseException.class);
    }

    @Test
    void a_report_says_what_became_of_fetching() {
        fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));
        fetch.next("REFUSED");
        source.refreshDue();

        KeyReport report = source.reports().get(0);

        assertThat(report.issuer()).isEqualTo(ISSUER);
        assertThat(report.keys().keyIds()).containsExactly("good");
        assertThat(report.usable()).isTrue();
        assertThat(report.fetches()).isEqualTo(2);
        assertThat(report.failures()).isEqualTo(1);
        assertThat(report.refused()).containsEntry(FetchFault.BAD_STATUS, 1L);
        assertThat(report.lastFault()).contains(FetchFault.BAD_STATUS);
    }

    private KeySet fetched() {
        fetch.next(GOOD);
        KeySet keys = source.having(ISSUER, "good").block();
        return Objects.requireNonNull(keys);
    }

    /** Keys, and as many fruitless fetches after them as are permitted at once. */
    private void exhausted() {
        fetched();
        for (int fruitless = 0; fruitless < ExtraFetches.MOST; fruitless++) {
            time.advanceTimeBy(Duration.ofMillis(100));
            fetch.next(GOOD);
            source.having(ISSUER, "made-up" + fruitless).block();
        }
    }

    /** Answers what was put in before, or what it always answers, or waits to be told. */
    private static final class FakeFetch implements JwksFetch {
        private final List<Issuer> asked = new ArrayList<>();
        private final Deque<String> ready = new ArrayDeque<>();
        private Sinks.@Nullable One<Fetched> waiting;
        private @Nullable String always;

        FakeFetch next(String answer) {
            ready.add(answer);
            return this;
        }

        void answer(String jwks) {
            Objects.requireNonNull(waiting)
                    .tryEmitValue(new Document(jwks, null))
                    .orThrow();
        }

        @Override
        public Mono<Fetched> fetch(Issuer issuer) {
            asked.add(issuer);
            @Nullable String answer = ready.isEmpty() ? always : ready.poll();
            if (answer == null) {
                Sinks.One<Fetched> sink = Sinks.one();
                waiting = sink;
                return sink.asMono();
            }
            return switch (answer) {
                case "ERROR" -> Mono.error(new IllegalStateException("down"));
                case "NOTHING" -> Mono.empty();
                case "THROW" -> throw new IllegalStateException("down");
                case "REFUSED" -> Mono.just(new Refused(FetchFault.BAD_STATUS));
                default -> Mono.just(new Document(answer, null));
            };
        }
    }

    private final class Recording implements KeyEvents {
        @Override
        public void refreshed(Issuer issuer, KeySet keys) {
            if (isDeaf) {
                throw new IllegalStateException("a bug");
            }
            heard.add("refreshed " + keys.keyIds().size());
        }

        @Override
        public void failed(Issuer issuer, FetchFault why, boolean held) {
            heard.add("failed " + why + (held ? " held" : ""));
        }

        @Override
        public void askedFor(Issuer issuer, Unknown outcome) {
            heard.add(outcome.name());
        }
    }

    /** Goes on with the test's time. */
    private final class VirtualClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.parse("2026-11-20T12:00:00Z").plusMillis(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

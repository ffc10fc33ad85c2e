package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Operation;
import dev.sallyport.token.JwksKeySource.Ages;
import dev.sallyport.token.KeySource.Issuer;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

final class JwksKeySourceTest {
    private static final Issuer ISSUER = new Issuer(new Operation("keys", "GET", "/keys/{project}"), "project");
    private static final Issuer OTHER = new Issuer(ISSUER.jwks(), "other");
    private static final String GOOD = Keys.jwks(Keys.GOOD);
    private static final String ROTATED = Keys.jwks(Keys.GOOD, Keys.OTHER);

    private final SettableClock clock = new SettableClock();
    private final FakeFetch fetch = new FakeFetch();
    private final List<String> heard = new ArrayList<>();
    private final KeyEvents events = new KeyEvents() {
        @Override
        public void refreshed(Issuer issuer, KeySet keys) {
            heard.add("refreshed " + keys.keyIds().size());
        }

        @Override
        public void failed(Issuer issuer, String why) {
            heard.add("failed " + why);
        }
    };
    private final JwksKeySource source = new JwksKeySource(
            fetch, new Ages(Duration.ofMinutes(10), Duration.ofHours(4), Duration.ofSeconds(30)), null, events, clock);

    /** With it, the work that is handed to other threads happens at once. */
    @BeforeEach
    void stopTime() {
        VirtualTimeScheduler.getOrSet();
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
        assertThat(fetch.asked).isEmpty();
    }

    @Test
    void callers_that_come_together_share_one_fetch() {
        List<KeySet> got = new ArrayList<>();
        for (int caller = 0; caller < 50; caller++) {
            source.newer(ISSUER, null).subscribe(got::add);
        }

        fetch.answer(GOOD);

        assertThat(fetch.asked).containsExactly(ISSUER);
        assertThat(got).hasSize(50).containsOnly(got.get(0));
        assertThat(source.known(ISSUER)).isSameAs(got.get(0));
        assertThat(source.count(ISSUER)).isEqualTo(1);
    }

    @Test
    void issuers_are_fetched_apart() {
        source.newer(ISSUER, null).subscribe();
        source.newer(OTHER, null).subscribe();

        assertThat(fetch.asked).containsExactly(ISSUER, OTHER);
    }

    @Test
    void a_caller_that_goes_away_does_not_cancel_the_others() {
        List<KeySet> got = new ArrayList<>();
        var leaver = source.newer(ISSUER, null).subscribe();
        source.newer(ISSUER, null).subscribe(got::add);

        leaver.dispose();
        fetch.answer(GOOD);

        assertThat(got).hasSize(1);
        assertThat(fetch.asked).hasSize(1);
    }

    @Test
    void a_fetch_whose_callers_all_went_away_still_brings_the_keys() {
        source.newer(ISSUER, null).subscribe().dispose();

        fetch.answer(GOOD);

        assertThat(source.known(ISSUER)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"keys\":[]}", "<html>", "ERROR", "EMPTY", "THROW"})
    void a_failed_or_empty_or_broken_answer_never_replaces_a_good_set(String answer) {
        KeySet good = fetched();
        clock.advance(Duration.ofMinutes(11));

        fetch.next(answer);
        KeySet served = source.known(ISSUER);

        assertThat(fetch.asked).hasSize(2);
        assertThat(served).isSameAs(good);
        assertThat(source.known(ISSUER)).isSameAs(good);
        assertThat(source.age(ISSUER)).contains(Duration.ofMinutes(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "EMPTY", "THROW", "{}"})
    void after_a_failed_fetch_there_is_a_pause_and_then_another(String answer) {
        fetch.next(answer);
        assertThat(source.newer(ISSUER, null).block()).isNull();
        assertThat(source.newer(ISSUER, null).block()).isNull();
        assertThat(fetch.asked).hasSize(1);

        clock.advance(Duration.ofSeconds(2));
        fetch.next(GOOD);

        assertThat(source.newer(ISSUER, null).block()).isNotNull();
        assertThat(fetch.asked).hasSize(2);
    }

    @Test
    void a_failure_is_told_without_anything_of_the_reply() {
        fetch.next("{\"secret\":1}");
        source.newer(ISSUER, null).block();

        assertThat(heard).containsExactly("failed ParseException");
    }

    @Test
    void an_unknown_key_id_asks_once_per_interval() {
        KeySet stale = fetched();
        clock.advance(Duration.ofSeconds(31));
        fetch.next(GOOD).next(ROTATED);

        KeySet second = source.newer(ISSUER, stale).block();
        for (int caller = 0; caller < 50; caller++) {
            assertThat(source.newer(ISSUER, second).block()).isNull();
        }

        assertThat(fetch.asked).hasSize(2);
        clock.advance(Duration.ofSeconds(31));
        assertThat(source.newer(ISSUER, second).block())
                .extracting(KeySet::keyIds)
                .asString()
                .contains("other");
        assertThat(fetch.asked).hasSize(3);
    }

    @Test
    void a_caller_whose_set_was_replaced_meanwhile_gets_the_newer_one_without_a_fetch() {
        KeySet stale = fetched();
        clock.advance(Duration.ofSeconds(31));
        fetch.next(ROTATED);
        KeySet newer = source.newer(ISSUER, stale).block();

        assertThat(source.newer(ISSUER, stale).block()).isSameAs(newer);
        assertThat(fetch.asked).hasSize(2);
    }

    @Test
    void keys_are_refreshed_in_the_background_while_the_old_ones_serve() {
        KeySet good = fetched();
        clock.advance(Duration.ofMinutes(10).plusMillis(1));

        assertThat(source.known(ISSUER)).isSameAs(good);
        assertThat(source.known(ISSUER)).isSameAs(good);
        fetch.answer(ROTATED);

        assertThat(fetch.asked).hasSize(2);
        assertThat(source.count(ISSUER)).isEqualTo(2);
        assertThat(heard).containsExactly("refreshed 1", "refreshed 2");
    }

    @Test
    void fresh_keys_are_not_fetched_again() {
        fetched();
        clock.advance(Duration.ofMinutes(10));

        source.known(ISSUER);

        assertThat(fetch.asked).hasSize(1);
    }

    @Test
    void keys_that_are_too_old_are_not_used_any_more() {
        KeySet good = fetched();
        clock.advance(Duration.ofHours(4));
        assertThat(source.known(ISSUER)).isSameAs(good);
        fetch.fail();

        clock.advance(Duration.ofMillis(1));

        assertThat(source.known(ISSUER)).isNull();
    }

    @Test
    void keys_may_be_warmed_before_the_first_call() {
        fetch.next(GOOD);

        assertThat(source.warm(ISSUER).block()).isNotNull();

        assertThat(source.known(ISSUER)).isNotNull();
    }

    private KeySet fetched() {
        fetch.next(GOOD);
        KeySet keys = source.newer(ISSUER, null).block();
        assertThat(keys).isNotNull();
        return Objects.requireNonNull(keys);
    }

    /** Answers what was put in before, or waits to be told. */
    private static final class FakeFetch implements JwksFetch {
        private final List<Issuer> asked = new ArrayList<>();
        private final Deque<String> ready = new ArrayDeque<>();
        private Sinks.@Nullable One<String> waiting;

        FakeFetch next(String answer) {
            ready.add(answer);
            return this;
        }

        void answer(String jwks) {
            Objects.requireNonNull(waiting).tryEmitValue(jwks).orThrow();
        }

        void fail() {
            Objects.requireNonNull(waiting)
                    .tryEmitError(new IllegalStateException("down"))
                    .orThrow();
        }

        @Override
        public Mono<String> fetch(Issuer issuer) {
            asked.add(issuer);
            String answer = ready.poll();
            if (answer == null) {
                Sinks.One<String> sink = Sinks.one();
                waiting = sink;
                return sink.asMono();
            }
            return switch (answer) {
                case "ERROR" -> Mono.error(new IllegalStateException("down"));
                case "EMPTY" -> Mono.empty();
                case "THROW" -> throw new IllegalStateException("down");
                default -> Mono.just(answer);
            };
        }
    }

    /** Stands still unless told to go on. */
    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
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

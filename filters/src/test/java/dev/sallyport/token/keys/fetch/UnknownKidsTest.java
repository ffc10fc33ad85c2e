package dev.sallyport.token.keys.fetch;

import static dev.sallyport.token.keys.fetch.KeyFetching.GOOD;
import static dev.sallyport.token.keys.fetch.KeyFetching.INTERVAL;
import static dev.sallyport.token.keys.fetch.KeyFetching.ISSUER;
import static dev.sallyport.token.keys.fetch.KeyFetching.ROTATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Calls that name a key which the known ones do not have: who may ask for it, who waits, and who is refused. */
final class UnknownKidsTest {
    @RegisterExtension
    final KeyFetching fetching = new KeyFetching();

    private final JwksKeySource source = fetching.source();
    private final FakeFetch fetch = fetching.fetch();
    private final List<String> heard = fetching.heard();
    private final VirtualTimeScheduler time = fetching.time();

    @Test
    void a_call_that_waited_for_its_turn_goes_on_on_its_own_loop() {
        fetching.exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        Deque<Runnable> own = fetching.ownLoop();
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);
        fetch.always(ROTATED);

        time.advanceTimeBy(Duration.ofSeconds(4));

        int before = fetch.asked().size();
        KeyFetching.runAll(own);
        assertThat(got).hasSize(1);
        assertThat(fetch.asked()).hasSize(before + 1); // the call itself found out that it may be made, on its loop
    }

    @Test
    void a_key_that_is_rotated_in_right_after_a_fetch_is_found_at_once() {
        fetching.fetched();

        fetch.next(ROTATED);

        assertThat(source.having(ISSUER, "other").block()).isNotNull();
        assertThat(fetch.asked()).hasSize(2);
    }

    @Test
    void fetches_that_bring_new_keys_are_not_counted() {
        fetching.fetched();

        for (int rotation = 1; rotation <= 20; rotation++) {
            time.advanceTimeBy(Duration.ofMillis(100));
            var fresh = Keys.GOOD.getKeyID() + rotation;
            fetch.next(Keys.jwks(Keys.named(fresh)));
            assertThat(source.having(ISSUER, fresh).block()).as(fresh).isNotNull();
        }

        assertThat(fetch.asked()).hasSize(21);
    }

    @Test
    void made_up_key_ids_have_the_provider_asked_a_few_times_and_then_once_an_interval() {
        fetching.fetched();
        fetch.always(GOOD);

        for (int caller = 0; caller < 10_000; caller++) {
            source.having(ISSUER, "made-up-" + caller).subscribe();
            time.advanceTimeBy(Duration.ofMillis(30)); // five minutes in all
        }

        assertThat(fetch.asked().size() - 1).isBetween(10, 3 + 10 + 1);
    }

    @Test
    void a_call_waits_for_the_next_permitted_fetch_if_that_comes_within_its_patience() {
        fetching.exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);
        assertThat(got).isEmpty();

        fetch.always(ROTATED);
        time.advanceTimeBy(Duration.ofSeconds(4));

        assertThat(got).hasSize(1);
    }

    @Test
    void a_call_is_refused_at_once_if_the_next_permitted_fetch_lies_beyond_its_patience() {
        fetching.exhausted();
        int before = fetch.asked().size();

        Optional<KeySet> got = source.having(ISSUER, "other").blockOptional();

        assertThat(got).isEmpty();
        assertThat(heard).last().isEqualTo("NOT_ASKED");
        assertThat(fetch.asked()).hasSize(before);
    }

    @Test
    void a_call_that_waits_is_served_by_whatever_fetch_brings_its_key() {
        fetching.exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);

        fetch.always(ROTATED);
        source.refreshIfDue(ISSUER); // is not due
        assertThat(got).isEmpty();
        time.advanceTimeBy(Duration.ofMinutes(10));
        source.refreshDue();

        assertThat(got).hasSize(1);
    }

    @Test
    void only_so_many_calls_wait() {
        fetching.exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        heard.clear();

        for (int caller = 0; caller < 300; caller++) {
            source.having(ISSUER, "made-up-" + caller).subscribe();
        }

        assertThat(heard).hasSize(300 - 256).containsOnly("NOT_ASKED");
    }

    @Test
    void a_call_that_leaves_makes_room_for_another_to_wait() {
        fetching.exhausted();
        time.advanceTimeBy(INTERVAL.minusSeconds(4));
        heard.clear();

        for (int caller = 0; caller < 300; caller++) {
            source.having(ISSUER, "made-up-" + caller).subscribe().dispose();
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void a_key_id_that_the_provider_does_not_know_is_remembered_for_a_while() {
        fetching.fetched();
        fetch.always(GOOD);
        assertThat(source.having(ISSUER, "other").blockOptional()).isEmpty();
        List<KeySet> got = new ArrayList<>();

        source.having(ISSUER, "other").subscribe(got::add);
        time.advanceTimeBy(Duration.ofMillis(2900));
        assertThat(fetch.asked()).hasSize(2);

        fetch.always(ROTATED);
        time.advanceTimeBy(Duration.ofMillis(200));
        assertThat(fetch.asked()).hasSize(3);
        assertThat(got).hasSize(1);
    }

    @Test
    void a_fetch_that_began_before_the_call_asked_is_not_the_last_word() {
        fetching.fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));
        source.refreshDue();
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "other").subscribe(got::add);

        fetch.next(ROTATED);
        fetch.answer(GOOD);

        assertThat(fetch.asked()).hasSize(3);
        assertThat(got).hasSize(1);
    }
}

package dev.sallyport.token.keys.fetch;

import static dev.sallyport.token.keys.fetch.KeyFetching.GOOD;
import static dev.sallyport.token.keys.fetch.KeyFetching.ISSUER;
import static dev.sallyport.token.keys.fetch.KeyFetching.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.token.keys.KeySet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Fetches that callers share, and fetches that come to nothing. */
final class JwksKeySourceTest {
    @RegisterExtension
    final KeyFetching fetching = new KeyFetching();

    private final JwksKeySource source = fetching.source();
    private final FakeFetch fetch = fetching.fetch();
    private final List<String> heard = fetching.heard();
    private final VirtualTimeScheduler time = fetching.time();

    @Test
    void there_are_no_keys_before_the_first_fetch() {
        assertThat(source.known(ISSUER)).isNull();
        assertThat(source.age(ISSUER)).isEmpty();
        assertThat(source.count(ISSUER)).isZero();
        assertThat(source.hadKeys(ISSUER)).isFalse();
        assertThat(fetch.asked()).isEmpty();
    }

    @Test
    void callers_that_come_together_share_one_fetch() {
        List<KeySet> got = new ArrayList<>();
        for (int caller = 0; caller < 50; caller++) {
            source.having(ISSUER, "good").subscribe(got::add);
        }

        fetch.answer(GOOD);

        assertThat(fetch.asked()).containsExactly(ISSUER);
        assertThat(got).hasSize(50).containsOnly(got.get(0));
    }

    @Test
    void a_call_that_waited_for_a_fetch_goes_on_on_its_own_loop() {
        Deque<Runnable> own = fetching.ownLoop();
        List<KeySet> got = new ArrayList<>();
        source.having(ISSUER, "good").subscribe(got::add);

        fetch.answer(GOOD);

        assertThat(got).isEmpty();
        KeyFetching.runAll(own);
        assertThat(got).hasSize(1);
    }

    @Test
    void issuers_are_fetched_apart() {
        source.having(ISSUER, "good").subscribe();
        source.having(OTHER, "good").subscribe();

        assertThat(fetch.asked()).containsExactly(ISSUER, OTHER);
    }

    @Test
    void a_caller_that_goes_away_does_not_cancel_the_others() {
        List<KeySet> got = new ArrayList<>();
        var leaver = source.having(ISSUER, "good").subscribe();
        source.having(ISSUER, "good").subscribe(got::add);

        leaver.dispose();
        fetch.answer(GOOD);

        assertThat(got).hasSize(1);
        assertThat(fetch.asked()).hasSize(1);
    }

    @Test
    void a_fetch_whose_callers_all_went_away_still_brings_the_keys() {
        source.having(ISSUER, "good").subscribe().dispose();

        fetch.answer(GOOD);

        assertThat(source.known(ISSUER)).isNotNull();
    }

    @Test
    void a_bug_in_who_hears_of_a_fetch_does_not_end_all_fetching() {
        fetching.deafen();
        fetch.next(GOOD);
        source.refreshIfDue(ISSUER);
        time.advanceTimeBy(Duration.ofMinutes(10));

        source.refreshIfDue(ISSUER);

        assertThat(fetch.asked()).hasSize(2);
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
        "'{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":1,\"e\":\"AQAB\"}]}', NO_SIGNING_KEY",
        "'{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"d\":\"AQAB\"}]}', PRIVATE_KEY",
        "'{\"keys\":[]}', NO_SIGNING_KEY",
        "'{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}', NO_SIGNING_KEY",
        "ERROR, UNREACHABLE",
        "THROW, UNREACHABLE",
        "NOTHING, EMPTY",
        "REFUSED, BAD_STATUS",
    })
    void what_is_no_key_set_never_replaces_a_good_one(String answer, FetchFault fault) {
        KeySet good = fetching.fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));

        fetch.next(answer);
        source.refreshDue();

        assertThat(fetch.asked()).hasSize(2);
        assertThat(source.known(ISSUER)).isSameAs(good);
        assertThat(source.age(ISSUER)).contains(Duration.ofMinutes(10));
        assertThat(heard).last().isEqualTo("failed " + fault + " held");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "THROW"})
    void why_a_fetch_failed_is_kept_for_the_log(String answer) {
        fetch.next(answer);

        source.refreshIfDue(ISSUER);

        assertThat(source.lastFailure(ISSUER))
                .hasMessage("unreachable")
                .hasCauseInstanceOf(IllegalStateException.class)
                .cause()
                .hasMessage("down");
        assertThat(fetching.causes()).containsExactly("down");
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
        assertThat(fetch.asked()).hasSize(2);
    }

    @Test
    void while_the_provider_fails_no_call_waits_longer_than_its_patience() {
        fetch.always("ERROR");
        List<String> ended = new ArrayList<>();
        source.having(ISSUER, "good").subscribe(keys -> ended.add("keys"), bug -> {}, () -> ended.add("none"));

        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(ended).containsExactly("none");
        assertThat(fetch.asked()).hasSizeLessThan(6);
    }
}

package dev.sallyport.token.keys.fetch;

import static dev.sallyport.token.keys.fetch.KeyFetching.GOOD;
import static dev.sallyport.token.keys.fetch.KeyFetching.ISSUER;
import static dev.sallyport.token.keys.fetch.KeyFetching.OTHER;
import static dev.sallyport.token.keys.fetch.KeyFetching.ROTATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.Keys;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Keys on the way from fresh over due to too old, and keys that were saved. */
final class KeyRefreshTest {
    @RegisterExtension
    final KeyFetching fetching = new KeyFetching();

    private final JwksKeySource source = fetching.source();
    private final FakeFetch fetch = fetching.fetch();
    private final List<String> heard = fetching.heard();
    private final VirtualTimeScheduler time = fetching.time();

    @Test
    void keys_are_refreshed_in_the_background_without_a_call_and_the_old_ones_serve_meanwhile() {
        KeySet good = fetching.fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));

        source.refreshDue();
        source.refreshDue();
        assertThat(source.known(ISSUER)).isSameAs(good);
        fetch.answer(ROTATED);

        assertThat(fetch.asked()).hasSize(2);
        assertThat(source.count(ISSUER)).isEqualTo(2);
        assertThat(heard).containsExactly("refreshed 1", "FOUND", "refreshed 2");
    }

    @Test
    void keys_that_are_not_used_are_told_once_as_long_as_they_are_published() {
        fetching.fetched();
        String withPrivate = GOOD.replace("]}", ",null," + Keys.OTHER.toJSONString() + "]}");

        for (String published : List.of(withPrivate, withPrivate, GOOD, withPrivate)) {
            time.advanceTimeBy(Duration.ofMinutes(10));
            fetch.next(published);
            source.refreshDue();
        }

        assertThat(heard.subList(2, heard.size()))
                .containsExactlyInAnyOrder(
                        "refreshed 1",
                        "ignored 1 UNREADABLE",
                        "ignored 1 PRIVATE",
                        "refreshed 1",
                        "refreshed 1",
                        "refreshed 1",
                        "ignored 1 UNREADABLE",
                        "ignored 1 PRIVATE");
        assertThat(source.reports().get(0).keys().ignored())
                .containsOnly(Map.entry(KeyFlaw.UNREADABLE, 1), Map.entry(KeyFlaw.PRIVATE, 1));
    }

    @Test
    void fresh_keys_are_not_fetched_again() {
        fetching.fetched();
        time.advanceTimeBy(Duration.ofMinutes(9).plusSeconds(59));

        source.refreshDue();

        assertThat(fetch.asked()).hasSize(1);
    }

    @Test
    void keys_of_issuers_that_only_calls_brought_are_refreshed_as_well() {
        fetch.next(GOOD);
        source.having(OTHER, "good").block();
        time.advanceTimeBy(Duration.ofMinutes(10));

        source.refreshDue();

        assertThat(fetch.asked()).containsExactly(OTHER, OTHER);
    }

    @Test
    void an_issuer_that_never_had_keys_is_not_asked_in_the_background() {
        fetch.next("REFUSED");
        source.refreshIfDue(ISSUER);
        time.advanceTimeBy(Duration.ofHours(1));

        source.refreshDue();

        assertThat(fetch.asked()).hasSize(1);
        assertThat(heard).containsExactly("failed BAD_STATUS");
    }

    @Test
    void a_provider_that_fails_is_asked_ever_more_seldom() {
        fetching.fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));

        for (int second = 0; second < 600; second++) {
            fetch.forget();
            fetch.next("ERROR");
            source.refreshDue();
            time.advanceTimeBy(Duration.ofSeconds(1));
        }

        assertThat(fetch.asked().size() - 1).isBetween(12, 18);
        assertThat(source.known(ISSUER)).isNotNull();
    }

    @Test
    void keys_that_are_too_old_are_not_used_any_more() {
        KeySet good = fetching.fetched();
        time.advanceTimeBy(Duration.ofHours(4));
        assertThat(source.known(ISSUER)).isSameAs(good);

        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(source.known(ISSUER)).isNull();
    }

    @Test
    void saved_keys_serve_until_there_are_newer_ones() throws ParseException {
        Instant fetched = fetching.clock().instant().minus(Duration.ofHours(3));
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
        source.restore(ISSUER, GOOD, fetching.clock().instant().minus(Duration.ofHours(5)));

        assertThat(source.known(ISSUER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\":[]}", "<html>"})
    void what_was_saved_and_is_no_key_set_is_refused(String damaged) {
        assertThatThrownBy(() -> source.restore(ISSUER, damaged, Instant.EPOCH)).isInstanceOf(ParseException.class);
    }

    @Test
    void a_report_says_what_became_of_fetching() {
        fetching.fetched();
        time.advanceTimeBy(Duration.ofMinutes(10));
        fetch.next("REFUSED");
        source.refreshDue();

        KeyReport report = source.reports().get(0);

        assertThat(report.issuer()).isEqualTo(ISSUER);
        assertThat(report.keys().keyIds()).containsExactly("good");
        assertThat(report.usable()).isTrue();
        assertThat(report.fetches()).isEqualTo(2);
        assertThat(report.state().failures()).isEqualTo(1);
        assertThat(report.refused()).containsEntry(FetchFault.BAD_STATUS, 1L);
        assertThat(report.lastFault().orElseThrow().fault()).isEqualTo(FetchFault.BAD_STATUS);
    }
}

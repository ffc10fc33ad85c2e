package dev.sallyport.telemetry.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.telemetry.TelemetryCacheSettings;
import dev.sallyport.telemetry.Heard;
import dev.sallyport.telemetry.lookup.FingerprintLookup.Question;
import dev.sallyport.telemetry.lookup.TelemetryEvents.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

final class CachedLookupTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Question QUESTION = new Question("id", "Basic one");

    private final Heard heard = new Heard();
    private final AtomicLong now = new AtomicLong();
    private final List<Sinks.One<DeviceFinding>> asked = new ArrayList<>();
    private final CachedLookup lookup = lookup(TTL, 100);

    @Test
    void who_asks_the_same_at_the_same_time_shares_one_lookup() {
        List<CompletableFuture<DeviceFinding>> waiting = IntStream.range(0, 50)
                .mapToObj(ignored -> lookup.find(QUESTION).toFuture())
                .toList();

        answer(0, LookupOutcome.ALLOW);

        assertThat(asked).hasSize(1);
        assertThat(waiting)
                .allSatisfy(finding -> assertThat(finding.join().outcome()).isEqualTo(LookupOutcome.ALLOW));
        assertThat(heard.found).hasSize(50).containsOnlyOnce(Source.ASKED).doesNotContain(Source.CACHED);
    }

    @Test
    void who_goes_away_does_not_take_the_lookup_from_the_others() {
        var first = lookup.find(QUESTION).subscribe();
        CompletableFuture<DeviceFinding> second = lookup.find(QUESTION).toFuture();

        first.dispose();
        answer(0, LookupOutcome.BLOCK);

        assertThat(second.join().outcome()).isEqualTo(LookupOutcome.BLOCK);
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_verdict_is_known_until_it_is_too_old() {
        found(LookupOutcome.ALLOW);

        now.addAndGet(TTL.toNanos() - 1);
        DeviceFinding again = lookup.find(QUESTION).toFuture().join();
        now.addAndGet(2);
        var afresh = lookup.find(QUESTION).toFuture();

        assertThat(again.outcome()).isEqualTo(LookupOutcome.ALLOW);
        assertThat(heard.found).containsExactly(Source.ASKED, Source.CACHED, Source.ASKED);
        assertThat(afresh).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void only_verdicts_are_kept(LookupOutcome outcome) {
        found(outcome);

        assertThat(lookup.size()).isEqualTo(outcome.isVerdict() ? 1 : 0);
    }

    @Test
    void no_caller_gets_what_other_credentials_were_told() {
        found(LookupOutcome.ALLOW);

        var other = lookup.find(new Question("id", "Basic two")).toFuture();

        assertThat(asked).hasSize(2);
        assertThat(other).isNotDone();
    }

    @Test
    void no_caller_can_grow_the_memory() {
        var small = lookup(TTL, 10);

        for (int number = 0; number < 1000; number++) {
            var waiting = small.find(new Question("id-" + number, "Basic one")).toFuture();
            answer(number, LookupOutcome.ALLOW);
            assertThat(waiting).isDone();
        }

        assertThat(small.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void without_a_time_to_live_a_verdict_serves_only_those_who_wait() {
        var fleeting = lookup(Duration.ZERO, 10);
        var first = fleeting.find(QUESTION).toFuture();
        var second = fleeting.find(QUESTION).toFuture();

        answer(0, LookupOutcome.ALLOW);
        var third = fleeting.find(QUESTION).toFuture();

        assertThat(first.join().outcome()).isEqualTo(LookupOutcome.ALLOW);
        assertThat(second.join().outcome()).isEqualTo(LookupOutcome.ALLOW);
        assertThat(third).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_lookup_that_breaks_is_one_that_says_nothing() {
        var broken = new CachedLookup(
                question -> Mono.error(new IllegalStateException("bug")),
                new TelemetryCacheSettings(TTL, 10),
                Schedulers::immediate,
                now::get,
                heard);

        assertThat(broken.find(QUESTION).toFuture().join().outcome()).isEqualTo(LookupOutcome.UNAVAILABLE);
        assertThat(broken.size()).isZero();
    }

    private void found(LookupOutcome outcome) {
        var waiting = lookup.find(QUESTION).toFuture();
        answer(asked.size() - 1, outcome);
        assertThat(waiting).isDone();
    }

    private void answer(int number, LookupOutcome outcome) {
        asked.get(number).tryEmitValue(DeviceFinding.of(outcome)).orThrow();
    }

    private CachedLookup lookup(Duration ttl, int entries) {
        FingerprintLookup slow = question -> {
            Sinks.One<DeviceFinding> answer = Sinks.one();
            asked.add(answer);
            return answer.asMono();
        };
        return new CachedLookup(slow, new TelemetryCacheSettings(ttl, entries), Schedulers::immediate, now::get, heard);
    }
}

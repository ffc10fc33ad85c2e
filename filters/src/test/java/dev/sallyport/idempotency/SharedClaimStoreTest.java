package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import dev.sallyport.idempotency.Ending.Unknown;
import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import dev.sallyport.store.StoreFailure.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What is done about a store that fails; what its scripts do is tried with real servers. */
final class SharedClaimStoreTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Wish WISH = new Wish(List.of("name"), "print", "owner");
    private static final List<Object> GRANTED = List.of(-1L);
    private static final List<Object> TAKEN = List.of(1L);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final FailingStore server = new FailingStore();
    private final SharedClaimStore claims =
            new SharedClaimStore(server, new SharedClaimStore.Terms(LEASE, Duration.ofHours(24), true), time);

    @ParameterizedTest
    @EnumSource(Fault.class)
    void an_end_that_the_store_did_not_take_is_told_again_until_it_does(Fault fault) {
        server.fault = fault;
        assertThat(end(new NoEffect())).isEqualTo(fault);
        time.advanceTimeBy(LEASE.multipliedBy(2));
        assertThat(server.asked.size()).isBetween(3, 8);

        server.fault = null;
        server.asked.clear();
        time.advanceTimeBy(Duration.ofHours(1));

        assertThat(server.asked).containsExactly("end");
    }

    @Test
    void an_end_that_no_store_takes_is_given_up_after_some_minutes() {
        server.fault = Fault.DISCONNECTED;
        end(new NoEffect());

        time.advanceTimeBy(Duration.ofMinutes(20));
        int asked = server.asked.size();
        time.advanceTimeBy(Duration.ofHours(24));

        assertThat(asked).isBetween(20, 30);
        assertThat(server.asked).hasSize(asked);
    }

    @Test
    void a_gateway_that_ends_tells_at_once_what_the_store_did_not_take() {
        server.fault = Fault.DISCONNECTED;
        end(new NoEffect());
        end(new Unknown());
        time.advanceTimeBy(Duration.ofMinutes(5));
        server.asked.clear();

        claims.tellLateEnds().block();
        assertThat(server.asked).as("though it is still gone").hasSize(2);
        server.fault = null;
        claims.tellLateEnds().block();
        assertThat(server.asked).hasSize(4);
        time.advanceTimeBy(Duration.ofMinutes(1));
        server.asked.clear();

        claims.tellLateEnds().block();
        assertThat(server.asked).as("what was told is not told again").isEmpty();
    }

    @Test
    void no_more_than_a_thousand_ends_wait_for_a_store_and_fewer_with_answers() {
        server.fault = Fault.DISCONNECTED;
        IntStream.range(0, 3000).forEach(each -> end(new NoEffect()));
        server.asked.clear();

        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(server.asked).hasSize(1024);

        server.fault = null;
        time.advanceTimeBy(Duration.ofHours(1));
        server.fault = Fault.DISCONNECTED;
        IntStream.range(0, 20).forEach(each -> end(success(1 << 20)));
        server.asked.clear();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(server.asked).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TIMED_OUT", "FAILED"})
    void a_claim_that_may_have_been_made_is_let_go(Fault fault) {
        server.fault = fault;
        assertThat(fault(claims.claim(WISH))).isEqualTo(fault);
        server.fault = null;
        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(server.asked).containsExactly("claim", "end", "end");
    }

    @Test
    void a_claim_that_was_never_sent_needs_no_end() {
        server.fault = Fault.DISCONNECTED;

        assertThat(fault(claims.claim(WISH))).isEqualTo(Fault.DISCONNECTED);
        assertThat(server.asked).containsExactly("claim");
    }

    static Stream<List<Object>> nonsense() {
        return Stream.of(
                List.of(),
                List.of("text".getBytes(US_ASCII)),
                List.of(0L),
                List.of(-2L),
                List.of(1L, "in_flight".getBytes(US_ASCII), "print".getBytes(US_ASCII)), // of one name
                List.of(0L, 1L, "print".getBytes(US_ASCII)),
                List.of(0L, "in_flight".getBytes(US_ASCII)),
                List.of(0L, "of tomorrow".getBytes(US_ASCII), "print".getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void an_answer_that_is_none_is_a_failure_of_the_store(List<Object> answer) {
        server.answer = answer;

        assertThat(fault(claims.claim(WISH))).isEqualTo(Fault.FAILED);
    }

    @Test
    void a_failure_says_what_was_wrong_and_nothing_of_what_came() {
        assertThatThrownBy(() -> new ScriptResult(List.of("s3cr3t".getBytes(US_ASCII))).number(0))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("the store did not answer: failed")
                .hasRootCauseMessage("the store answered no number at 0");
    }

    private static Succeeded success(int bytes) {
        return new Succeeded(new SealedAnswer(new byte[bytes]), LEASE);
    }

    private @Nullable Fault end(Ending ending) {
        return fault(claims.end(WISH, ending));
    }

    private static @Nullable Fault fault(Mono<?> asked) {
        try {
            asked.block();
            return null;
        } catch (StoreFailure failure) {
            return failure.fault();
        }
    }

    /** Fails as it is told to, and answers otherwise. */
    private static final class FailingStore implements SharedStore {
        private final List<String> asked = new ArrayList<>();

        @Nullable
        private Fault fault;

        @Nullable
        private List<Object> answer;

        @Override
        public Mono<ScriptResult> run(
                Script script, List<byte[]> keys, List<byte[]> arguments, Consumer<ScriptResult> late) {
            return Mono.defer(() -> {
                asked.add(script.name());
                if (fault != null) {
                    return Mono.error(new StoreFailure(fault, null));
                }
                List<Object> usual = script.name().equals("claim") ? GRANTED : TAKEN;
                return Mono.just(new ScriptResult(answer == null ? usual : answer));
            });
        }
    }
}

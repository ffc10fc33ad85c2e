package dev.sallyport.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Work that outlives its caller, and what it tells one that stays. */
final class LeavingTest {
    private static final Reply REPLY = new Refusal(Rejection.of(Reason.INTERNAL, "done"));

    private final Sinks.One<Reply> work = Sinks.one();

    @Test
    void what_comes_of_the_work_is_told_once() {
        StepVerifier.create(Leaving.outlivedBy(leaving -> Mono.just(REPLY)))
                .expectNext(REPLY)
                .verifyComplete();
    }

    @Test
    void a_bug_of_the_work_is_told() {
        StepVerifier.create(Leaving.outlivedBy(leaving -> Mono.error(new IllegalStateException("bug"))))
                .verifyErrorMessage("bug");
    }

    @Test
    void work_without_a_reply_ends_so_that_no_caller_waits_for_it() {
        var ended = new AtomicBoolean();
        Leaving.outlivedBy(leaving -> work.asMono())
                .doOnTerminate(() -> ended.set(true))
                .subscribe();

        work.tryEmitEmpty();

        assertThat(ended).isTrue();
    }

    @Test
    void it_goes_on_when_its_caller_leaves_and_hears_of_that() {
        var heard = new ArrayList<Leaving>();
        var caller = Leaving.outlivedBy(leaving -> {
                    heard.add(leaving);
                    return work.asMono();
                })
                .subscribe();
        assertThat(heard.get(0).hasHappened()).isFalse();

        caller.dispose();

        assertThat(heard.get(0).hasHappened()).isTrue();
        assertThat(work.currentSubscriberCount()).isEqualTo(1);
        StepVerifier.create(heard.get(0).when()).verifyComplete();
    }
}

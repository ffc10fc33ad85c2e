package dev.sallyport.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

final class ObservationFilterTest {
    private final List<String> heard = new ArrayList<>();
    private final AtomicLong time = new AtomicLong();
    private final ObservationFilter filter = new ObservationFilter(new Recording(), () -> time.addAndGet(7));

    @Test
    void an_answer_is_told_once_with_its_time() {
        Reply answer = Calls.answer(200, "{}");

        Reply reply = Calls.through(filter, Calls.call("{}"), call -> Mono.just(answer));

        assertThat(reply).isSameAs(answer);
        assertThat(heard).containsExactly("begun", "answered 200 (2 bytes) 7");
    }

    @Test
    void a_caller_that_goes_away_is_told_once() {
        filter.around(call -> Mono.never()).send(Calls.call("{}")).subscribe().dispose();

        assertThat(heard).containsExactly("begun", "aborted 7");
    }

    @Test
    void a_caller_that_goes_away_while_it_is_answered_was_answered() {
        filter.around(call -> Mono.just(Calls.answer(200, "{}")))
                .send(Calls.call("{}"))
                .flatMap(written -> Mono.never())
                .subscribe()
                .dispose();

        assertThat(heard).containsExactly("begun", "answered 200 (2 bytes) 7");
    }

    @Test
    void a_bug_fails_closed_and_nothing_of_it_is_shown() {
        for (Upstream<Call> broken :
                List.<Upstream<Call>>of(call -> Mono.error(new IllegalStateException("hunter2")), call -> {
                    throw new IllegalStateException("hunter2");
                })) {
            Reply reply = Calls.through(filter, Calls.call("{}"), broken);

            assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.INTERNAL);
            assertThat(reply.toString()).doesNotContain("hunter2");
            assertThat(Calls.rejection(reply).message()).doesNotContain("hunter2");
            assertThat(Calls.rejection(reply).cause()).hasMessage("hunter2");
        }
        assertThat(heard).containsExactly("begun", "failed hunter2", "begun", "failed hunter2");
    }

    @Test
    void an_upstream_that_gives_no_reply_is_a_bug() {
        Reply reply = Calls.through(filter, Calls.call("{}"), call -> Mono.empty());

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.INTERNAL);
        assertThat(heard).containsExactly("begun", "failed an upstream gave no reply");
    }

    private final class Recording implements CallEvents {
        @Override
        public void begun(Call call) {
            heard.add("begun");
        }

        @Override
        public void answered(Call call, Reply reply, long start, long end) {
            heard.add("answered " + reply + " " + (end - start));
        }

        @Override
        public void aborted(Call call, long nanos) {
            heard.add("aborted " + nanos);
        }

        @Override
        public void failed(Call call, Throwable bug, long nanos) {
            heard.add("failed " + bug.getMessage());
        }
    }
}

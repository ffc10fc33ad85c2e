package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;

/** Which calls through the filter say how long the provider takes, or that it does not answer. */
final class ConcurrencyMeasuringTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private final ConcurrencyRig rig = new ConcurrencyRig();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // status, or the reason of a refusal; whether it left; measured as
                "200, -, true,  answered",
                "404, -, true,  answered",
                "429, -, true,  -",
                "500, -, true,  lost",
                "503, -, true,  lost",
                "-, PROVIDER_UNREACHABLE, false, -",
                "-, PROVIDER_UNREACHABLE, true, lost",
                "-, OVERLOADED, false, -",
                "-, REPLY_BREAKS_CONTRACT, true, lost",
            })
    void what_never_left_is_not_measured(
            @Nullable Integer status, @Nullable Reason reason, boolean left, @Nullable String measured) {
        Reply reply = status != null
                ? Calls.answer(status, "{}")
                : new Refusal(
                        Rejection.of(java.util.Objects.requireNonNull(reason), "no"), new Timing(left ? 5 : 0, 0));
        for (int each = 0; each < 60; each++) {
            rig.call(Priority.NORMAL);
            rig.time.advanceTimeBy(Duration.ofMillis(20));
            rig.asked.remove().tryEmitValue(reply);
        }

        assertThat(rig.windows.stream().mapToLong(Window::calls).sum() > 0).isEqualTo("answered".equals(measured));
        assertThat(rig.windows.stream().mapToLong(Window::lost).sum() > 0).isEqualTo("lost".equals(measured));
    }

    @ParameterizedTest
    @CsvSource({"10, false", "150, false", "250, true", "9000, true"})
    void callers_who_leave_count_only_if_they_have_waited_for_long(long millis, boolean counts) {
        for (int each = 0; each < 60; each++) {
            rig.call(Priority.NORMAL);
            rig.time.advanceTimeBy(Duration.ofMillis(100));
            rig.answer(200);
        }
        rig.windows.clear();

        for (int each = 0; each < 60; each++) {
            Disposable leaving = rig.call(Priority.NORMAL);
            rig.time.advanceTimeBy(Duration.ofMillis(millis));
            leaving.dispose();
        }
        for (int each = 0; each < 60; each++) {
            rig.call(Priority.NORMAL);
            rig.time.advanceTimeBy(Duration.ofNanos(SECOND));
            rig.answer(200);
        }

        assertThat(rig.windows.stream().mapToLong(Window::lost).sum() > 0).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({"10, false", "900, false", "1100, true"})
    void callers_who_leave_before_any_answer_count_only_from_a_second_on(long millis, boolean counts) {
        for (int each = 0; each < 120; each++) {
            Disposable leaving = rig.call(Priority.NORMAL);
            rig.time.advanceTimeBy(Duration.ofMillis(millis));
            leaving.dispose();
        }
        for (int each = 0; each < 60; each++) {
            rig.call(Priority.NORMAL);
            rig.time.advanceTimeBy(Duration.ofMillis(100));
            rig.asked.removeLast().tryEmitValue(Calls.answer(200, "{}"));
        }

        assertThat(rig.windows.stream().mapToLong(Window::lost).sum() > 0).isEqualTo(counts);
    }
}

package dev.sallyport.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps a share of the calls, as they came and whatever became of them. Changes nothing. */
public final class CaptureFilter implements Filter<Call> {
    private final CaptureLine line;
    private final int percent;
    private final CaptureSink sink;
    private final InstantSource clock;
    private final DoubleSupplier random;

    /**
     * Captures an operation's calls.
     *
     * @param percent how many of them, from 0 to 100
     * @param random from 0 to 1, 1 excluded
     */
    public CaptureFilter(CaptureLine line, int percent, CaptureSink sink, InstantSource clock, DoubleSupplier random) {
        this.line = line;
        this.percent = percent;
        this.sink = sink;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        return Mono.defer(() -> random.getAsDouble() * 100 < percent ? recorded(call, next) : next.send(call));
    }

    private Mono<Reply> recorded(Call call, Upstream<Call> next) {
        long time = clock.millis();
        var told = new AtomicBoolean(); // a caller that goes away while it is answered cancels as well
        return Mono.defer(() -> next.send(call))
                .doOnNext(reply -> tell(told, captured(call, time, provided(reply), CapturedOutcome.of(reply))))
                .doOnCancel(() -> tell(told, captured(call, time, null, CapturedOutcome.ABORTED)))
                .doOnError(bug -> tell(told, captured(call, time, null, CapturedOutcome.BUG)));
    }

    /** What the provider answered, whether or not a filter refused it; null if that is not known. */
    private static @Nullable Answer provided(Reply reply) {
        return reply instanceof Answer answer ? answer : ((Refusal) reply).refused();
    }

    private CapturedCall captured(Call call, long time, @Nullable Answer answer, CapturedOutcome outcome) {
        return new CapturedCall(line, time, call, answer, outcome);
    }

    private void tell(AtomicBoolean told, CapturedCall captured) {
        if (told.compareAndSet(false, true)) {
            sink.take(captured);
        }
    }

    @Override
    public String toString() {
        return "capture(" + percent + "%, masked)";
    }
}

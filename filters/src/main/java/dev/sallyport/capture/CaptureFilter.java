package dev.sallyport.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import reactor.core.publisher.Mono;

/** Keeps a share of the calls, as they came and whatever became of them. Changes nothing. */
public final class CaptureFilter implements Filter {
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
    public Mono<Reply> filter(Call call, Upstream next) {
        return Mono.defer(() -> random.getAsDouble() * 100 < percent ? recorded(call, next) : next.send(call));
    }

    private Mono<Reply> recorded(Call call, Upstream next) {
        long time = clock.millis();
        var recording = new Recording();
        return Mono.defer(() -> next.send(call))
                .doOnNext(reply -> tell(call, time, recording, CapturedOutcome.of(reply)))
                .doOnCancel(() -> tell(call, time, recording, CapturedOutcome.ABORTED))
                .doOnError(bug -> tell(call, time, recording, CapturedOutcome.BUG))
                .contextWrite(context -> context.put(Recording.class, recording));
    }

    private void tell(Call call, long time, Recording recording, CapturedOutcome outcome) {
        if (recording.isFirst()) {
            sink.take(new CapturedCall(line, time, call, recording.answer(), outcome));
        }
    }

    @Override
    public String toString() {
        return "capture(" + percent + "%, masked)";
    }
}

package dev.sallyport.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply.Answer;
import org.jspecify.annotations.Nullable;

/** A call that is over and waits to be written. Holds unmasked bodies and is never printed. */
public final class CapturedCall {
    private static final long ABOUT_EMPTY = 512;

    private final CaptureLine line;
    private final long time;
    private final Call call;
    private final @Nullable Answer answer;
    private final Outcome outcome;

    CapturedCall(CaptureLine line, long time, Call call, @Nullable Answer answer, Outcome outcome) {
        this.line = line;
        this.time = time;
        this.call = call;
        this.answer = answer;
        this.outcome = outcome;
    }

    /** About how many bytes of memory wait with it. */
    public long weight() {
        return ABOUT_EMPTY + call.body().length + (answer == null ? 0 : answer.body().length);
    }

    /** The masked line, with its line feed. Takes time: not for event loops. */
    public byte[] line() {
        return line.of(time, call, answer, outcome);
    }

    @Override
    public String toString() {
        return call.toString();
    }
}

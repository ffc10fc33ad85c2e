package dev.sallyport.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Trail;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over and waits to be written, without what no line shows: no header and nothing that was read waits with it, the caller's credentials
 * least of all. Holds unmasked bodies and is never printed.
 */
public final class CapturedCall {
    private static final long ABOUT_EMPTY = 512;

    private final CaptureLine line;
    private final long time;
    private final Call call;
    private final @Nullable Answer answer;
    private final CapturedOutcome outcome;

    CapturedCall(CaptureLine line, long time, Call call, @Nullable Answer answer, CapturedOutcome outcome) {
        this.line = line;
        this.time = time;
        this.call = bare(call);
        this.answer = answer == null ? null : bare(answer);
        this.outcome = outcome;
    }

    private static Call bare(Call call) {
        String query = "?" + Query.written(call.target());
        return Call.of(
                call.operation(),
                new RequestLine(call.method(), query),
                Headers.NONE,
                call.body(),
                new Caller(
                        call.project(),
                        "",
                        Deadline.NONE,
                        new Trail(call.trail().requestId(), PhaseClock.OFF)));
    }

    private static Answer bare(Answer answer) {
        return new Answer(answer.status(), Headers.NONE, answer.body(), Timing.NONE, Document.NONE);
    }

    /** About how many bytes of memory wait with it. */
    public long weight() {
        @Nullable String project = call.project();
        long words = (long) call.target().length() + (project == null ? 0 : project.length());
        return ABOUT_EMPTY + 2 * words + call.body().length + (answer == null ? 0 : answer.body().length);
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

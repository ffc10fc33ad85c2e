package dev.sallyport.observe;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;

/** Hears that a call began, and then its one outcome. Must not block. */
public interface CallEvents {
    /** A call has begun; exactly one of the others follows. */
    void begun(Call call);

    /**
     * A call was answered, by the provider or by a refusal.
     *
     * @param start when it came to the first filter, by the clock that {@link Reply#timing} has
     * @param end when there was a reply
     */
    void answered(Call call, Reply reply, long start, long end);

    /** The caller went away before there was an answer. */
    void aborted(Call call, long nanos);

    /** A bug: something was thrown that is no refusal. */
    void failed(Call call, Throwable bug, long nanos);
}

package dev.sallyport.observe;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;

/** Hears the one outcome of each call; metrics and logs. Must not block. */
public interface CallEvents {
    /**
     * A call was answered, by the provider or by a refusal.
     *
     * @param nanos from the first filter to the reply
     */
    void answered(Call call, Reply reply, long nanos);

    /** The caller went away before there was an answer. */
    void aborted(Call call, long nanos);

    /** A bug: something was thrown that is no refusal. */
    void failed(Call call, Throwable bug, long nanos);
}

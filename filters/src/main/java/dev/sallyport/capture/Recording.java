package dev.sallyport.capture;

import dev.sallyport.call.Reply.Answer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call while it is under way: the provider's answer once there is one, and whether the call was told already. Travels in
 * the Reactor context, because filters between change the call and refuse the reply.
 */
final class Recording {
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Answer answer;

    void answered(Answer given) {
        answer = given;
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    /** Whether this is the first who asks: a caller that goes away while it is answered cancels as well. */
    boolean isFirst() {
        return told.compareAndSet(false, true);
    }
}

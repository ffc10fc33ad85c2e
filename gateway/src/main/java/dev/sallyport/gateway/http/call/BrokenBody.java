package dev.sallyport.gateway.http.call;

import dev.sallyport.rejection.Rejection;

/**
 * Tells a call, as an event of its connection, that no more of its body will come since the rest of it is broken. A call that is
 * being read takes that up, and answers. On the connection's event loop only.
 */
public final class BrokenBody {
    private final Rejection why;
    private boolean isTakenUp;

    /** Of the latest request of a connection. */
    public BrokenBody(Rejection why) {
        this.why = why;
    }

    Rejection takenUp() {
        isTakenUp = true;
        return why;
    }

    /** Whether a call was there, which has answered. */
    public boolean isTakenUp() {
        return isTakenUp;
    }
}

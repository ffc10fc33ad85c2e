package dev.sallyport.call;

/**
 * A span of the trace of a call: the whole call, a step of it, or a request that is made for it. It holds names, numbers and enums, and
 * never a value that came with a call or a reply. It is passed along with the call, since calls change threads. Thread-safe. By
 * itself nothing is recorded.
 */
public interface CallSpan {
    /** Of a call that is not traced. */
    CallSpan NONE = () -> "";

    /** What names it in a request to another server, as {@code traceparent} (W3C Trace Context); empty if there is no trace. */
    String parent();

    /** Whether anything is recorded. */
    default boolean isRecorded() {
        return false;
    }

    /** The id of its trace, in hexadecimal digits; empty if nothing is recorded. */
    default String traceId() {
        return "";
    }

    /** Its own id within the trace, in hexadecimal digits; empty if nothing is recorded. */
    default String spanId() {
        return "";
    }

    /** A step within it begins. */
    default CallSpan step(String name) {
        return this;
    }

    /**
     * A request to another server begins within it.
     *
     * @param name its method and what its path is called
     */
    default CallSpan request(String name) {
        return this;
    }

    /** As {@link #request}, one of the attempts at the call, which are counted. */
    default CallSpan attempt(String name) {
        return this;
    }

    /** Says more of it. */
    default void put(String key, String value) {}

    /** Says more of it. */
    default void put(String key, long value) {}

    /** It failed, and its caller is not to blame. */
    default void fail(String why) {}

    /** It is over; whatever comes later is left out. */
    default void end() {}
}

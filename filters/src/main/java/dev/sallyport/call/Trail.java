package dev.sallyport.call;

/**
 * By what a call is found again: in its refusal, in the log, in a capture, and at the provider.
 *
 * @param requestId of this call alone unless a trusted caller chose it, of a form that may be told anywhere; empty if it has none
 * @param phases where its time goes
 * @param span its trace
 */
public record Trail(String requestId, PhaseClock phases, CallSpan span) {
    /** Of a call that leaves none. */
    public static final Trail NONE = new Trail("", PhaseClock.OFF);

    /** The header field that carries the id, towards the provider and from callers who are trusted to choose one. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** Of a call that is not traced. */
    public Trail(String requestId, PhaseClock phases) {
        this(requestId, phases, CallSpan.NONE);
    }
}

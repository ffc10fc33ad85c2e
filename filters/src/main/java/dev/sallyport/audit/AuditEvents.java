package dev.sallyport.audit;

/** Hears what became of sessions. */
@FunctionalInterface
public interface AuditEvents {
    /** A call is over that was to make or to revoke one. Called on event loops: nothing may block. */
    void ended(AuditedCall call);
}

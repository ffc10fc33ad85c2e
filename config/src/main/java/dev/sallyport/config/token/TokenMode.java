package dev.sallyport.config.token;

/** What is done about the session token in a reply. There is no mode that lets a doubtful one through. */
public enum TokenMode {
    /** The gateway does not look at it: callers verify it themselves. */
    OFF,
    /** It is verified and bound to the reply, or the reply is refused. */
    ENFORCE
}

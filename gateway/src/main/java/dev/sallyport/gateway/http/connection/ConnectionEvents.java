package dev.sallyport.gateway.http.connection;

/** Hears what happens to connections; metrics and the log. Must not block. */
public interface ConnectionEvents {
    /** Why a connection was closed as soon as it was made, or for what came on it. Public names: they are the values of a metric label. */
    enum Refused {
        MAX_CONNECTIONS,
        PER_ADDRESS,
        /** More frames of HTTP/2 came than its requests explain, or more streams were taken back than may be. */
        FLOOD
    }

    /** Why an answer did not reach its caller whole. Public names: they are the values of a metric label. */
    enum Cut {
        /** It was not taken within {@code write-timeout}. */
        TOO_SLOW,
        /** More was waiting for callers than {@code max-unread}, and this answer had waited longest. */
        TOO_MUCH_UNREAD,
        /** The connection was gone. */
        CALLER_GONE,
        /** The upstream of a route ended it, or sent what cannot be read. */
        UPSTREAM_FAILED
    }

    void refused(Refused why);

    void cut(Cut why);

    /** A connection could not be accepted: for one, there is no file descriptor left. */
    void acceptFailed(Throwable cause);

    /** An error came when its call had its outcome already. */
    void errorDropped(Throwable error);

    /** A bug, or want of memory, cut an answer that had begun, or ended a connection without one. */
    void answerFailed(Throwable bug);
}

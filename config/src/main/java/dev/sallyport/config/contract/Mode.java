package dev.sallyport.config.contract;

/** What a broken contract leads to. */
public enum Mode {
    /** It is not looked at. */
    OFF,
    /** It is counted, and the call goes on. */
    REPORT,
    /** The call is refused. */
    ENFORCE
}

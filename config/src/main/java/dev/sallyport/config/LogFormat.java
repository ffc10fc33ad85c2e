package dev.sallyport.config;

/** How a line of the log is written. */
public enum LogFormat {
    /** For people: time, level, message, and keys with values. */
    TEXT,
    /** Keys with values, and nothing else. */
    LOGFMT,
    /** JSON by the Elastic Common Schema. */
    ECS
}

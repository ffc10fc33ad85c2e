package dev.sallyport.capture;

/** Hears what became of lines that were to be written; metrics. Must not block. */
public interface CaptureEvents {
    /** Public names: they are the values of a metric label. */
    enum Result {
        WRITTEN,
        DROPPED,
        FAILED
    }

    void line(Result result);
}

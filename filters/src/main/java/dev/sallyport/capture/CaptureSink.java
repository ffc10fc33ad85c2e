package dev.sallyport.capture;

/** Takes calls that are to be kept. Called on event loops: must not block, and must not throw. */
@FunctionalInterface
public interface CaptureSink {
    void take(CapturedCall call);
}

package dev.sallyport.loadtests.process;

/** A measurement that came to nothing. The message is for the person at the terminal; no stack trace helps there. */
public final class MeasurementFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MeasurementFailed(String message) {
        super(message);
    }

    public MeasurementFailed(String message, Throwable cause) {
        super(message + " (" + cause + ")", cause);
    }
}

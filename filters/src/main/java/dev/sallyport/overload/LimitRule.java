package dev.sallyport.overload;

/** Decides how many calls may be in flight. Asked by one thread at a time. */
@FunctionalInterface
public interface LimitRule {
    /**
     * The next limit.
     *
     * @param limit what it was in the window
     */
    double next(double limit, Window window);
}

package dev.sallyport.resilience;

/**
 * One try at a call.
 *
 * @param number from 1
 * @param reached whether the provider may have seen it
 * @param failed whether it failed at all
 */
record Attempt(int number, boolean reached, boolean failed) {
    /** Whether another try cannot do anything twice. */
    boolean mayBeRepeated() {
        return failed && !reached;
    }
}

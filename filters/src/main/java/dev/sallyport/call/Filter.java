package dev.sallyport.call;

/**
 * One step around a call: it may refuse it, change it, send it on, and look at what comes back.
 *
 * @param <C> the kind of call that it stands around
 */
@FunctionalInterface
public interface Filter<C> extends Stage<C, C> {}

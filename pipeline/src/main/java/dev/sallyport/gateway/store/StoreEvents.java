package dev.sallyport.gateway.store;

import dev.sallyport.store.StoreFailure.Fault;
import org.jspecify.annotations.Nullable;

/** Hears of what is asked of the store, and of its connection; metrics and log. Must not block. */
public interface StoreEvents {
    /**
     * One script ended.
     *
     * @param fault why there is no answer; null if there is one
     */
    void asked(String script, long nanos, @Nullable Fault fault);

    /** There is a connection. */
    void connected();

    /** There was a connection, and it is lost. */
    void lost();

    /** No connection could be made; another try follows. */
    void unreachable(Throwable cause);
}

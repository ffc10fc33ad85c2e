package dev.sallyport.call;

import java.util.List;
import java.util.Locale;

/** Where a call spends its time, in the usual order; retries go through some of them again. */
public enum Phase {
    /** From the head of the request to the end of its body. */
    READ,
    /** Waiting for a turn: for a permit, a free connection, or the next attempt. */
    QUEUE,
    /** The checks of the request, and everything else before the call is sent that is no wait of its own. */
    FIRST_DOOR,
    /** Asking about the device. */
    LOOKUP,
    /** Making a connection: name, address and TLS. */
    CONNECT,
    /** From the request's leaving to the first byte of the reply. */
    FIRST_BYTE,
    /** From the first byte of the reply to its last. */
    BODY,
    /** The checks of the reply, waiting for keys included. */
    SECOND_DOOR,
    /** From the answer's being ready until the network took it. */
    WRITE;

    /** All of them, in their order. */
    public static final List<Phase> ALL = List.of(values());

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Its name, such as {@code first-door}. */
    public String label() {
        return label;
    }
}

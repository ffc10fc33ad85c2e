package dev.sallyport.gateway.other;

import dev.sallyport.call.Reply.Refusal;

/** Internal signal: a call is refused where Spring Cloud Gateway knows only errors. Without a stack. */
final class OtherCallRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    OtherCallRefused(Refusal refusal) {
        super("refused", null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}

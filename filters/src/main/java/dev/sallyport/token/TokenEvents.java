package dev.sallyport.token;

import dev.sallyport.contract.Operation;

/** Hears what became of session tokens and keys; metrics and logs. Must not block. */
public interface TokenEvents {
    /** Hears of none. */
    TokenEvents NONE = new TokenEvents() {
        @Override
        public void verified(Operation operation) {}

        @Override
        public void none(Operation operation) {}

        @Override
        public void refused(Operation operation, TokenFault fault) {}

        @Override
        public void keysUnavailable(Operation operation) {}
    };

    /** A token passed. */
    void verified(Operation operation);

    /** A reply had no token, and rightly so. */
    void none(Operation operation);

    /** A token was refused. */
    void refused(Operation operation, TokenFault fault);

    /** There were no keys to check a token with. */
    void keysUnavailable(Operation operation);
}

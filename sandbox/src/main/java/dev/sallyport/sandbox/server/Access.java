package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.directory.Product;

/** Who may call a route. */
enum Access {
    /** No credentials are needed. */
    EVERY_CALLER,
    ANY_PROJECT,
    CONSUMER_PROJECTS,
    B2B_PROJECTS;

    boolean needsCredentials() {
        return this != EVERY_CALLER;
    }

    boolean admits(Product product) {
        return switch (this) {
            case EVERY_CALLER, ANY_PROJECT -> true;
            case CONSUMER_PROJECTS -> product == Product.CONSUMER;
            case B2B_PROJECTS -> product == Product.B2B;
        };
    }
}

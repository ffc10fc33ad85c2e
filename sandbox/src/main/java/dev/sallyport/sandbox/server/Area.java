package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.directory.Product;

/** Which part of the sandbox a path belongs to. */
enum Area {
    /** The provider's operations, and every path that the provider would refuse. */
    PROVIDER,
    /** The provider's published keys. */
    KEYS,
    /** What the provider has nothing of: the administration and the foreign issuer. */
    OURS;

    static Area of(String path) {
        if (path.startsWith("/sandbox/") || path.startsWith("/issuer/")) {
            return OURS;
        }
        return path.startsWith("/v1/sessions/jwks/") || path.startsWith("/v1/b2b/sessions/jwks/") ? KEYS : PROVIDER;
    }

    /** Returns who signs what is answered on this path. */
    static Access signers(String path) {
        return product(path) == Product.B2B ? Access.B2B_PROJECTS : Access.CONSUMER_PROJECTS;
    }

    /** Returns the product whose documentation explains errors on this path. */
    static Product product(String path) {
        return path.startsWith("/v1/b2b/") ? Product.B2B : Product.CONSUMER;
    }
}

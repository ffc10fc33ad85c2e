package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.directory.Product;
import java.util.Optional;

/** Who may call a route. */
enum Access {
    ANYBODY(Optional.empty()),
    CONSUMER_PROJECTS(Optional.of(Product.CONSUMER)),
    B2B_PROJECTS(Optional.of(Product.B2B));

    private final Optional<Product> product;

    Access(Optional<Product> product) {
        this.product = product;
    }

    /** Returns the product whose projects alone may call; empty if no credentials are needed. */
    Optional<Product> product() {
        return product;
    }
}

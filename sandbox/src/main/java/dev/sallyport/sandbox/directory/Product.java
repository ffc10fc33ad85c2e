package dev.sallyport.sandbox.directory;

import dev.sallyport.sandbox.reply.ErrorType;

/** The provider's two products. A project belongs to one, and each operation serves one. */
public enum Product {
    CONSUMER("api", ErrorType.INVALID_CONSUMER_ENDPOINT),
    B2B("b2b/api", ErrorType.INVALID_B2B_ENDPOINT);

    private final String docs;
    private final ErrorType notThisProduct;

    Product(String docs, ErrorType notThisProduct) {
        this.docs = docs;
        this.notThisProduct = notThisProduct;
    }

    /** Returns the other one of the two. */
    public Product other() {
        return this == CONSUMER ? B2B : CONSUMER;
    }

    /** Returns where in the provider's documentation this product's errors are explained. */
    public String docs() {
        return docs;
    }

    /** Returns what a project of the other product is told. */
    public ErrorType notThisProduct() {
        return notThisProduct;
    }
}

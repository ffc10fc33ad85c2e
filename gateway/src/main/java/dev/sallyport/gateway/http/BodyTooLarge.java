package dev.sallyport.gateway.http;

/** Internal signal: more bytes came than are taken. */
final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge() {
        super("more bytes than are taken", null, false, false);
    }
}

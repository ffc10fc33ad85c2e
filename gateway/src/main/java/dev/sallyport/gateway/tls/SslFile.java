package dev.sallyport.gateway.tls;

/**
 * A file that settings of TLS name.
 *
 * @param name its key, below that of its section
 * @param content what has to be in it
 * @param password the key of what opens it; empty if there is none
 * @param type the key of the kind of key store that it is; empty for PEM
 */
record SslFile(String name, Content content, String password, String type) {
    /** What a file may have to hold. */
    enum Content {
        CERTIFICATES,
        PRIVATE_KEY,
        KEY_STORE
    }

    static SslFile certificates(String name) {
        return new SslFile(name, Content.CERTIFICATES, "", "");
    }

    static SslFile privateKey(String name, String password) {
        return new SslFile(name, Content.PRIVATE_KEY, password, "");
    }

    static SslFile keyStore(String name, String password, String type) {
        return new SslFile(name, Content.KEY_STORE, password, type);
    }
}

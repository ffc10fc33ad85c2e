package dev.sallyport.gateway.management.meters;

/** The first digit of an HTTP status, as a label. */
enum StatusClass {
    INFORMATIONAL("1xx"),
    SUCCESS("2xx"),
    REDIRECTION("3xx"),
    CLIENT_ERROR("4xx"),
    SERVER_ERROR("5xx"),
    /** No status of HTTP. */
    OTHER("other"),
    /** There was no answer. */
    NONE("none");

    private static final StatusClass[] BY_DIGIT = {
        OTHER, INFORMATIONAL, SUCCESS, REDIRECTION, CLIENT_ERROR, SERVER_ERROR
    };

    private final String label;

    StatusClass(String label) {
        this.label = label;
    }

    static StatusClass of(int status) {
        int digit = status / 100;
        return digit < 0 || digit >= BY_DIGIT.length ? OTHER : BY_DIGIT[digit];
    }

    String label() {
        return label;
    }

    /** Who has to act when the provider answered so: what it calls a mistake of the caller's is the caller's to mend. */
    String fault() {
        return switch (this) {
            case SUCCESS -> "none";
            case CLIENT_ERROR -> "caller";
            case INFORMATIONAL, REDIRECTION, SERVER_ERROR, OTHER, NONE -> "provider";
        };
    }
}

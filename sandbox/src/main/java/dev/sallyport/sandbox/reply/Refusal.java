package dev.sallyport.sandbox.reply;

/** Ends an operation with one of the provider's errors. An expected outcome, therefore without a stack. */
public final class Refusal extends RuntimeException {
    private final ErrorType type;

    private Refusal(ErrorType type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    public static Refusal of(ErrorType type) {
        return new Refusal(type, type.message());
    }

    /** Returns a refusal that explains itself, for what only a sandbox can refuse. */
    public static Refusal of(ErrorType type, String message) {
        return new Refusal(type, message);
    }

    public ErrorType type() {
        return type;
    }

    /** Returns the five-member error; {@code docs} is the part of the address that differs between the products. */
    public Reply reply(String docs) {
        String url = "https://stytch.com/docs/" + docs + "/errors/" + type.status() + "#" + type.wireName();
        return Reply.json(
                type.status(),
                Json.object()
                        .put("status_code", type.status())
                        .put("request_id", Reply.requestId())
                        .put("error_type", type.wireName())
                        .put("error_message", String.valueOf(getMessage()))
                        .put("error_url", url));
    }
}

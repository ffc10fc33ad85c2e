package dev.sallyport.sandbox.reply;

import java.util.List;
import java.util.Optional;

/** Ends an operation with one of the provider's errors. An expected outcome, therefore without a stack. */
public final class Refusal extends RuntimeException {
    private final ErrorType type;
    private final Optional<String> allow;

    private Refusal(ErrorType type, String message, Optional<String> allow) {
        super(message, null, false, false);
        this.type = type;
        this.allow = allow;
    }

    public static Refusal of(ErrorType type) {
        return of(type, type.message());
    }

    /** Returns a refusal that explains itself, for what only a sandbox can refuse. */
    public static Refusal of(ErrorType type, String message) {
        return new Refusal(type, message, Optional.empty());
    }

    /** Returns the refusal of a method where others are allowed. */
    public static Refusal ofMethod(List<String> allowed) {
        ErrorType type = ErrorType.METHOD_NOT_ALLOWED;
        return new Refusal(type, type.message(), Optional.of(String.join(", ", allowed)));
    }

    public ErrorType type() {
        return type;
    }

    /** Returns the five-member error; {@code docs} is the part of the address that differs between the products. */
    public Reply reply(String docs) {
        String url = "https://stytch.com/docs/" + docs + "/errors/" + type.status() + "#" + type.wireName();
        Reply reply = Reply.json(
                type.status(),
                Json.object()
                        .put("status_code", type.status())
                        .put("request_id", Reply.requestId())
                        .put("error_type", type.wireName())
                        .put("error_message", String.valueOf(getMessage()))
                        .put("error_url", url));
        return allow.map(methods -> reply.with("Allow", methods)).orElse(reply);
    }
}

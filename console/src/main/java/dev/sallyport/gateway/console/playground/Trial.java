package dev.sallyport.gateway.console.playground;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What was pasted. Not a record: it may hold tokens, and prints nothing of them. */
public final class Trial {
    private static final int USUAL = 200;

    private final String operation;
    private final String request;
    private final String reply;
    private final String claims;
    private final int status;

    private Trial(Map<String, String> form) {
        this.operation = form.getOrDefault("operation", "");
        this.request = form.getOrDefault("request", "").strip();
        this.reply = form.getOrDefault("reply", "").strip();
        this.claims = form.getOrDefault("claims", "").strip();
        this.status = status(form.getOrDefault("status", ""));
    }

    /** Of a form. */
    public static Trial of(Map<String, String> form) {
        return new Trial(form);
    }

    private static int status(String written) {
        return written.matches("[1-5]\\d\\d") ? Integer.parseInt(written) : USUAL;
    }

    String operation() {
        return operation;
    }

    int status() {
        return status;
    }

    byte[] request() {
        return request.getBytes(StandardCharsets.UTF_8);
    }

    byte[] reply() {
        return reply.getBytes(StandardCharsets.UTF_8);
    }

    byte[] claims() {
        return claims.getBytes(StandardCharsets.UTF_8);
    }

    boolean hasRequest() {
        return !request.isEmpty();
    }

    boolean hasReply() {
        return !reply.isEmpty();
    }

    boolean hasClaims() {
        return !claims.isEmpty();
    }
}

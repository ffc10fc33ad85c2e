package dev.sallyport.rejection;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns a rejection into the bytes of an answer: the provider's five error members, so that every provider SDK reads it,
 * and the members of RFC 9457. Thread-safe.
 */
public final class RejectionRenderer {
    private static final JsonFactory JSON = new JsonFactory();

    private final String errorUrl;

    /**
     * A renderer for one provider.
     *
     * @param errorUrl the {@code error_url} of every answer, with {@code {status}} for the HTTP status
     */
    public RejectionRenderer(String errorUrl) {
        this.errorUrl = errorUrl;
    }

    /** A request id for an answer that the provider never saw. Not a secret, so an ordinary random number will do. */
    public static String newRequestId() {
        var random = ThreadLocalRandom.current();
        return "request-id-sallyport-" + new java.util.UUID(random.nextLong(), random.nextLong());
    }

    /** The answer's body, UTF-8 JSON; fits both {@code application/json} and {@code application/problem+json}. */
    public byte[] body(Rejection rejection, String requestId) {
        var out = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            providerMembers(json, rejection, requestId);
            problemMembers(json, rejection);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What SDKs read; all of them non-null, {@code status_code} equal to the HTTP status. */
    private void providerMembers(JsonGenerator json, Rejection rejection, String requestId) {
        int status = rejection.reason().status();
        json.writeNumberProperty("status_code", status);
        json.writeStringProperty("request_id", requestId);
        json.writeStringProperty("error_type", rejection.errorType());
        json.writeStringProperty("error_message", rejection.message());
        json.writeStringProperty("error_url", errorUrl.replace("{status}", Integer.toString(status)));
    }

    private static void problemMembers(JsonGenerator json, Rejection rejection) {
        json.writeStringProperty("type", rejection.reason().urn());
        json.writeStringProperty(
                "title",
                rejection.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        json.writeNumberProperty("status", rejection.reason().status());
        json.writeStringProperty("detail", rejection.message());
        if (rejection.reason().fault() == Reason.Fault.CALLER
                && !rejection.violations().isEmpty()) {
            json.writeArrayPropertyStart("errors");
            rejection.violations().forEach(violation -> error(json, violation));
            json.writeEndArray();
        }
    }

    private static void error(JsonGenerator json, Violation violation) {
        json.writeStartObject();
        json.writeStringProperty("pointer", violation.at());
        json.writeStringProperty("keyword", violation.keyword());
        json.writeStringProperty("detail", violation.message());
        json.writeEndObject();
    }
}

package dev.sallyport.rejection;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns a rejection into the bytes of an answer: in the shape of the provider's errors, so that its SDKs read it, and with the
 * members of RFC 9457 of whose names that shape makes no other use. Thread-safe.
 */
public final class RejectionRenderer {
    private static final JsonFactory JSON = new JsonFactory();

    private final ErrorShape shape;
    private final String errorUrl;

    /**
     * A renderer for one provider.
     *
     * @param errorUrl where the provider explains its errors, with {@code {status}} for the HTTP status
     */
    public RejectionRenderer(ErrorShape shape, String errorUrl) {
        this.shape = shape;
        this.errorUrl = errorUrl;
    }

    /** Where the provider's documents name its id of the request, as a JSON Pointer; empty if they do not. */
    public Optional<String> requestIdAt() {
        return shape.requestIdAt();
    }

    /** An id for one refusal, in the form of the provider's. */
    public String newRequestId() {
        return shape.newRequestId();
    }

    /**
     * The answer's body, UTF-8 JSON; fits both {@code application/json} and {@code application/problem+json}.
     *
     * @param requestId by which the caller, and the operator in the log, find the refusal again
     */
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

    private void providerMembers(JsonGenerator json, Rejection rejection, String requestId) {
        int status = rejection.reason().status();
        String url = errorUrl.replace("{status}", Integer.toString(status));
        shape.write(json, new ErrorShape.Words(status, requestId, shape.type(rejection), url, rejection.message()));
    }

    private void problemMembers(JsonGenerator json, Rejection rejection) {
        Reason reason = rejection.reason();
        text(json, "type", reason.urn());
        text(json, "title", reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (isFree("status")) {
            json.writeNumberProperty("status", reason.status());
        }
        text(json, "detail", rejection.message());
        if (reason.fault() == Reason.Fault.CALLER && !rejection.violations().isEmpty() && isFree("errors")) {
            json.writeArrayPropertyStart("errors");
            rejection.violations().forEach(violation -> error(json, violation));
            json.writeEndArray();
        }
    }

    private void text(JsonGenerator json, String name, String value) {
        if (isFree(name)) {
            json.writeStringProperty(name, value);
        }
    }

    private boolean isFree(String name) {
        return !shape.members().contains(name);
    }

    private static void error(JsonGenerator json, Violation violation) {
        json.writeStartObject();
        json.writeStringProperty("pointer", violation.at());
        json.writeStringProperty("keyword", violation.keyword());
        json.writeStringProperty("detail", violation.message());
        json.writeEndObject();
    }
}

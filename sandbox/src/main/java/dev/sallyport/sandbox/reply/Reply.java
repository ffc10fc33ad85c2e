package dev.sallyport.sandbox.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A finished answer: status, headers, and the bytes of the body. Immutable, if the bytes are not written to. */
public final class Reply {
    private static final String CONTENT_TYPE = "Content-Type";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] content;

    private Reply(int status, Map<String, String> headers, byte[] content) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.content = content;
    }

    public static Reply json(int status, ObjectNode body) {
        return new Reply(status, Map.of(CONTENT_TYPE, "application/json"), Json.bytes(body));
    }

    public static Reply text(int status, String mediaType, String body) {
        return new Reply(status, Map.of(CONTENT_TYPE, mediaType), body.getBytes(UTF_8));
    }

    /** Returns a body with the two members that every good answer of the provider carries, to be filled. */
    public static ObjectNode goodBody() {
        return Json.object().put("status_code", 200).put("request_id", requestId());
    }

    static String requestId() {
        return "request-id-test-" + UUID.randomUUID();
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] content() {
        return content;
    }

    /** Returns the body as a tree of its own; throws if it is no JSON object. */
    public ObjectNode tree() {
        try {
            return (ObjectNode) Json.parse(content);
        } catch (CharacterCodingException notText) {
            throw new IllegalStateException(notText);
        }
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, content);
    }

    public Reply withContent(byte[] other) {
        return new Reply(status, headers, other);
    }

    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}

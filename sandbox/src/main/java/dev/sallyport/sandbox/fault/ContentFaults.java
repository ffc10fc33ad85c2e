package dev.sallyport.sandbox.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.sandbox.reply.Reply;
import java.util.Arrays;

/** Spoils the bytes of a body, so that it is no longer what its head says. */
final class ContentFaults {
    private static final int DEPTH = 10_000;
    private static final int PADDING = 8 << 20;

    private ContentFaults() {}

    static Reply apply(Fault fault, Reply reply) {
        byte[] content = reply.content();
        return switch (fault) {
            case NOT_JSON -> reply.withContent(Arrays.copyOf(content, content.length / 2));
            case DUPLICATE_KEY -> reply.withContent(withMember(content, "\"status_code\":200"));
            case NOT_UTF8 -> reply.withContent(withMember(content, "\"spoiled\":\"\u00ff\""));
            case HUGE_BODY -> reply.withContent(withMember(content, "\"padding\":\"" + "x".repeat(PADDING) + "\""));
            case DEEP_JSON -> reply.withContent(("[".repeat(DEPTH) + "]".repeat(DEPTH)).getBytes(UTF_8));
            case EMPTY_BODY -> reply.withContent(new byte[0]);
            case HTML_MEDIA_TYPE -> reply.with("Content-Type", "text/html");
            default -> throw new IllegalArgumentException("no fault of content: " + fault);
        };
    }

    /** Returns the object with one more member in front; written byte by byte, so that it may be anything. */
    private static byte[] withMember(byte[] content, String member) {
        byte[] front = ("{" + member + ",").getBytes(ISO_8859_1);
        byte[] whole = Arrays.copyOf(front, front.length + content.length - 1);
        System.arraycopy(content, 1, whole, front.length, content.length - 1);
        return whole;
    }
}

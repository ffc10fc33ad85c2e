package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Answers with another status than the operation would, or adds headers that were not asked for. */
final class HeadFaults {
    private HeadFaults() {}

    static Reply apply(Fault fault, Reply reply) {
        return switch (fault) {
            case STATUS_429 -> error(ErrorType.TOO_MANY_REQUESTS);
            case STATUS_503 -> error(ErrorType.SERVER_UNAVAILABLE);
            case STATUS_500_HTML -> Reply.text(500, "text/html", "<html><body><h1>Internal error</h1></body></html>");
            case REDIRECT -> Reply.text(307, "text/plain", "").with("Location", "/v1/elsewhere");
            case SET_COOKIE -> reply.with("Set-Cookie", "provider_session=sandbox; Path=/; HttpOnly");
            case GZIP -> reply.withContent(compressed(reply.content())).with("Content-Encoding", "gzip");
            default -> throw new IllegalArgumentException("no fault of heads: " + fault);
        };
    }

    private static Reply error(ErrorType type) {
        return Refusal.of(type).reply(Product.CONSUMER.docs());
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}

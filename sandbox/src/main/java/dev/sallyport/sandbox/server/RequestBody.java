package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.operation.Fields;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies: bounded, strictly JSON, and under no other media type, not even with a charset. */
final class RequestBody {
    private static final int MOST_BYTES = 1 << 20;

    private RequestBody() {}

    static Mono<byte[]> read(HttpServerRequest request) {
        return request.receive()
                .asByteArray()
                .reduceWith(ByteArrayOutputStream::new, RequestBody::append)
                .map(ByteArrayOutputStream::toByteArray);
    }

    static Fields fields(HttpHeaders headers, byte[] bytes) {
        String mediaType = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        return Optional.of(bytes)
                .filter(content -> mediaType.equalsIgnoreCase("application/json"))
                .flatMap(RequestBody::object)
                .map(Fields::new)
                .orElseThrow(() -> Refusal.of(ErrorType.BAD_REQUEST));
    }

    private static Optional<ObjectNode> object(byte[] bytes) {
        try {
            JsonNode value = Json.parse(bytes);
            return value.isObject() ? Optional.of((ObjectNode) value) : Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream all, byte[] piece) {
        if (all.size() + piece.length > MOST_BYTES) {
            throw Refusal.of(ErrorType.BAD_REQUEST);
        }
        all.writeBytes(piece);
        return all;
    }
}

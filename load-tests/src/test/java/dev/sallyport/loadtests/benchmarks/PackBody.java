package dev.sallyport.loadtests.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A typical exchange, as the built-in pack shows it, and the files of that pack. */
final class PackBody {
    static final String PACK = "stytch";
    static final String OPERATION = "b2b.sessions.exchange";
    static final String INSIDE = "https://pack.invalid/";

    private PackBody() {}

    /** The request or reply of the example, as compact JSON. */
    static byte[] typical(String direction) {
        var example = JsonMapper.shared()
                .readTree(text(INSIDE + OPERATION + "/examples/accepted/a-session-is-exchanged.json"));
        return JsonMapper.shared().writeValueAsBytes(example.get(direction));
    }

    /** The claims of the example's token, issued at another time. */
    static byte[] tokenIssued(Instant at) {
        ObjectNode claims = (ObjectNode) JsonMapper.shared().readTree(typical("token"));
        claims.put("iat", at.getEpochSecond());
        claims.put("nbf", at.getEpochSecond());
        claims.put("exp", at.plus(Duration.ofMinutes(5)).getEpochSecond());
        return JsonMapper.shared().writeValueAsBytes(claims);
    }

    /** The example's reply with a token that is signed. */
    static byte[] reply(String token) {
        ObjectNode reply = (ObjectNode) JsonMapper.shared().readTree(typical("reply"));
        reply.put("session_jwt", token);
        return JsonMapper.shared().writeValueAsBytes(reply);
    }

    /** The typical one with one member of the wrong type. */
    static byte[] broken(String direction) {
        String name = direction.equals("request") ? "organization_id" : "member_id";
        String body = new String(typical(direction), StandardCharsets.UTF_8);
        return body.replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":7")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String schemaFile(String direction) {
        return OPERATION + "/" + direction + ".schema.json";
    }

    static String text(String iri) {
        String path = "/contracts/" + PACK + URI.create(iri).getPath();
        try (InputStream file = Objects.requireNonNull(PackBody.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

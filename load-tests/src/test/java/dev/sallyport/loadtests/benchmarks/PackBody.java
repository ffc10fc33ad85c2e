package dev.sallyport.loadtests.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

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

    /** The same with one member of the wrong type. */
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

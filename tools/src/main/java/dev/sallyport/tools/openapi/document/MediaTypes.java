package dev.sallyport.tools.openapi.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the media types of a body is the JSON that the gateway reads. */
public final class MediaTypes {
    private static final List<String> JSON = List.of("application/json", "application/*", "*/*");

    private MediaTypes() {}

    /** The entry of {@code content} for JSON. */
    public static Optional<JsonCursor> json(JsonCursor content) {
        return JSON.stream()
                .flatMap(wanted -> content.children().stream().filter(entry -> isType(entry.name(), wanted)))
                .findFirst();
    }

    private static boolean isType(String type, String wanted) {
        String bare = type.replaceFirst(";.*$", "").strip().toLowerCase(Locale.ROOT);
        return bare.equals(wanted);
    }

    /** All of them, for a note. */
    public static String listed(JsonCursor content) {
        return content.children().isEmpty()
                ? "none"
                : String.join(
                        ", ", content.children().stream().map(JsonCursor::name).toList());
    }
}

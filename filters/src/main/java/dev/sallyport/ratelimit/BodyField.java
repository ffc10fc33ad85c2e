package dev.sallyport.ratelimit;

import dev.sallyport.json.Pointers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A field of a body that was read strictly before, so that no name in it is there twice. Reads no further than it must. */
final class BodyField {
    private static final JsonFactory JSON = new JsonFactory();

    private final List<String> steps;

    /**
     * A field.
     *
     * @param pointer through objects only
     */
    BodyField(String pointer) {
        this.steps = Pointers.steps(pointer);
    }

    /** The text of a string, number or boolean; null if there is nothing of that kind. */
    @Nullable
    String of(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            for (String step : steps) {
                if (!entered(parser, step)) {
                    return null;
                }
            }
            return parser.currentToken() != null && isText(parser.currentToken()) ? parser.getString() : null;
        } catch (JacksonException unreadable) {
            return null; // a query, of which there is no body
        }
    }

    private static boolean entered(JsonParser parser, String name) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = name.equals(parser.currentName());
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean isText(JsonToken token) {
        return token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }
}

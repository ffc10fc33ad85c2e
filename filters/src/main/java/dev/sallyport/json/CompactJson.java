package dev.sallyport.json;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Questions about an object inside a document that was already read strictly. */
public final class CompactJson {
    private static final JsonFactory JSON = new JsonFactory();

    private CompactJson() {}

    /**
     * Whether a value, written without white space and needless escapes, has at most so many bytes. What is short enough as
     * it was written needs no second look: writing it compactly never makes it longer.
     */
    public static boolean fits(Value value, int maxBytes) {
        return switch (value.kind()) {
            case MISSING, NULL, BOOLEAN -> true;
            case NUMBER -> value.text().length() <= maxBytes;
            case STRING -> stringLength(value.text()) <= maxBytes;
            case ARRAY, OBJECT -> value.jsonLength() <= maxBytes || compactLength(value) <= maxBytes;
        };
    }

    private static long stringLength(String text) {
        var counter = new Counter();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), counter)) {
            generator.writeString(text);
        }
        return counter.bytes;
    }

    /** Whether an object has a member of one of these names. */
    public static boolean hasAny(Value value, List<String> names) {
        if (value.kind() != Kind.OBJECT) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value.json())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                if (names.contains(parser.currentName())) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        }
    }

    private static long compactLength(Value value) {
        var counter = new Counter();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value.json());
                var generator = JSON.createGenerator(ObjectWriteContext.empty(), counter)) {
            while (parser.nextToken() != null) {
                copy(parser, generator);
            }
        }
        return counter.bytes;
    }

    /** Numbers stay as they were written: as a double, one would be shorter, and another infinite. */
    private static void copy(JsonParser parser, JsonGenerator generator) {
        if (parser.currentToken().isNumeric()) {
            generator.writeNumber(parser.getString());
        } else {
            generator.copyCurrentEvent(parser);
        }
    }

    /** Counts and forgets. */
    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int octet) {
            bytes++;
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            bytes += length;
        }
    }
}

package dev.sallyport.token;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** An {@code aud} that is a list (RFC 7519, 4.1.3), inside claims that were already read strictly. */
final class Audience {
    private static final JsonFactory JSON = new JsonFactory();

    private Audience() {}

    static boolean names(byte[] list, String name) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), list)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && parser.getString().equals(name)) {
                    return true;
                }
                parser.skipChildren(); // what is nested in the list names nobody
            }
            return false;
        }
    }
}

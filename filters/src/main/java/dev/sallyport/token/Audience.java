package dev.sallyport.token;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Whom a token is for: an {@code aud} that is one name or a list of them (RFC 7519, 4.1.3), in claims read strictly. */
final class Audience {
    private static final JsonFactory JSON = new JsonFactory();

    private Audience() {}

    /**
     * What is wrong with an audience; null if nothing is.
     *
     * @param name must be in it
     * @param others may be in it
     */
    static @Nullable TokenFault fault(Value audience, String name, Set<String> others) {
        if (audience.kind() == Kind.STRING) {
            return audience.text().equals(name) ? null : TokenFault.WRONG_AUDIENCE;
        }
        if (audience.kind() != Kind.ARRAY) {
            return TokenFault.WRONG_AUDIENCE;
        }
        byte[] list = audience.json();
        return isUsual(list, name) ? null : listFault(list, name, others);
    }

    /** The one name and nothing else, as issuers write it. */
    private static boolean isUsual(byte[] list, String name) {
        int end = name.length() + 2;
        if (list.length != end + 2 || list[1] != '"' || list[end] != '"') {
            return false;
        }
        for (int index = 0; index < name.length(); index++) {
            char c = name.charAt(index);
            if (list[index + 2] != c || c == '\\' || c == '"') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable TokenFault listFault(byte[] list, String name, Set<String> others) {
        boolean named = false;
        boolean strange = false;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), list)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                boolean ours =
                        token == JsonToken.VALUE_STRING && parser.getString().equals(name);
                named |= ours;
                strange |= !ours && !(token == JsonToken.VALUE_STRING && others.contains(parser.getString()));
                parser.skipChildren(); // what is nested in the list names no audience
            }
        }
        if (!named) {
            return TokenFault.WRONG_AUDIENCE;
        }
        return strange ? TokenFault.EXTRA_AUDIENCE : null;
    }
}

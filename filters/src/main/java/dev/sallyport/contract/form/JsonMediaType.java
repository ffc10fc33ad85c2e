package dev.sallyport.contract.form;

import dev.sallyport.call.Headers;
import java.util.Locale;

/** Whether headers say what the gateway can check: JSON in UTF-8, not compressed. */
public final class JsonMediaType {
    private static final String JSON = "application/json";

    private JsonMediaType() {}

    /** Whether there is one {@code Content-Type}, and it is {@code application/json} in UTF-8 (RFC 8259, 8.1 and 11). */
    public static boolean isSaid(Headers headers) {
        var types = new Lines("content-type");
        headers.forEach(types::line);
        return types.count == 1 && isJson(types.last.toLowerCase(Locale.ROOT));
    }

    /** Whether nothing is said of a coding but {@code identity}. */
    public static boolean isPlain(Headers headers) {
        if (headers.first("content-encoding") == null) {
            return true;
        }
        var codings = new Lines("content-encoding");
        headers.forEach(codings::line);
        return codings.count == 0 || (codings.count == 1 && codings.last.strip().equalsIgnoreCase("identity"));
    }

    private static boolean isJson(String type) {
        if (type.equals(JSON)) {
            return true;
        }
        int semicolon = type.indexOf(';');
        String name = semicolon < 0 ? type : type.substring(0, semicolon);
        String parameters =
                semicolon < 0 ? "" : type.substring(semicolon + 1).strip().replace("\"", "");
        return name.strip().equals(JSON)
                && (parameters.isEmpty() || parameters.equals("charset=utf-8") || parameters.equals("charset=utf8"));
    }

    /** The field lines of one name. */
    private static final class Lines {
        private final String name;
        private int count;
        private String last = "";

        Lines(String name) {
            this.name = name;
        }

        void line(String field, String value) {
            if (field.equalsIgnoreCase(name)) {
                count++;
                last = value;
            }
        }
    }
}

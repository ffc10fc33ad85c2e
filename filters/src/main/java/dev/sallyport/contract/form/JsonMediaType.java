package dev.sallyport.contract.form;

import dev.sallyport.call.Headers;
import java.util.List;
import java.util.Locale;

/** Whether headers say what the gateway can check: JSON in UTF-8, not compressed. */
public final class JsonMediaType {
    private static final String JSON = "application/json";

    private JsonMediaType() {}

    /** Whether there is one {@code Content-Type}, and it is {@code application/json} in UTF-8 (RFC 8259, 8.1 and 11). */
    public static boolean isSaid(Headers headers) {
        List<String> types = headers.all("content-type");
        return types.size() == 1 && isJson(types.get(0).toLowerCase(Locale.ROOT));
    }

    /** Whether nothing is said of a coding but {@code identity}. */
    public static boolean isPlain(Headers headers) {
        List<String> codings = headers.all("content-encoding");
        return codings.isEmpty()
                || (codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("identity"));
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
}

package dev.sallyport.contract;

import dev.sallyport.json.Trees;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a repeated call finds if an earlier attempt was carried out and its answer lost, and what its caller is told then.
 *
 * @param status of the provider's error
 * @param errorType of the provider's error, such as that what is to be ended cannot be found
 * @param reply members of the success in its place; a text {@code {request-id}} is the id that the provider gave the last attempt
 */
public record DoneBefore(int status, String errorType, Map<String, Object> reply) {
    private static final String REQUEST_ID = "{request-id}";

    public DoneBefore {
        reply = Collections.unmodifiableMap(new LinkedHashMap<>(reply));
    }

    /** The body of the success. */
    public byte[] body(String requestId) {
        Map<String, Object> filled = new LinkedHashMap<>(reply);
        filled.replaceAll((name, value) -> REQUEST_ID.equals(value) ? requestId : value);
        return Trees.write(filled);
    }
}

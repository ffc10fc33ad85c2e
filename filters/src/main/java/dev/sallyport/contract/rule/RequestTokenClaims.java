package dev.sallyport.contract.rule;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.OnePassCheck;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.json.StrictJson;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request together with what the JWT in it claims, for rules that hold the reply against it. Nothing is verified: that
 * is the provider's part, and a token that lies can only make its own reply differ. A claim that is not there, or a token that
 * cannot be read, is the same as nothing, so no reply passes for what such a token names.
 */
public final class RequestTokenClaims implements SchemaCheck {
    private final SchemaCheck request;
    private final Field token;
    private final FieldList claims;
    private final SchemaCheck reader;

    /**
     * A reader of requests.
     *
     * @param token where the request has its JWT
     * @param claims those that rules ask for
     */
    public RequestTokenClaims(SchemaCheck request, Field token, FieldList claims, StrictJson json) {
        this.request = request;
        this.token = token;
        this.claims = claims;
        this.reader = new OnePassCheck(SchemaNode.ANYTHING, claims, json);
    }

    @Override
    public Reading read(byte[] body) {
        Reading reading = request.read(body);
        if (!(reading instanceof Document document)) {
            return reading;
        }
        Value jwt = document.value(token.slot());
        return jwt.isPresent() ? document.carrying(claimed(jwt)) : document;
    }

    private Document claimed(Value jwt) {
        byte @Nullable [] payload = jwt.kind() == Kind.STRING ? payload(jwt.text()) : null;
        @Nullable Reading read = payload == null ? null : reader.read(payload);
        var values = new Value[claims.size()];
        for (int slot = 0; slot < values.length; slot++) {
            Value value = read instanceof Document document ? document.value(slot) : Value.MISSING;
            values[slot] = value.isPresent() ? value : Value.UNREADABLE;
        }
        return new Document(List.of(), values, true);
    }

    /** The second of three parts (RFC 7515, 7.1). */
    private static byte @Nullable [] payload(String jwt) {
        int first = jwt.indexOf('.');
        int second = jwt.indexOf('.', first + 1);
        if (first < 0 || second < 0 || jwt.indexOf('.', second + 1) >= 0) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(jwt.substring(first + 1, second));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}

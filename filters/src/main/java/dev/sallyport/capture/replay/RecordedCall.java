package dev.sallyport.capture.replay;

import dev.sallyport.capture.CaptureLine;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of a capture, read back.
 *
 * @param request what was asked
 * @param status the provider's, or 0 if it did not answer
 * @param reply what the provider said
 */
public record RecordedCall(String operation, Said request, int status, Said reply) {
    /** What an operation's id looks like: it is shown on terminals, whatever the file says. */
    private static final Pattern OPERATION = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One side of a call.
     *
     * @param document masked; there only for bodies and queries
     */
    public record Said(Form form, @Nullable JsonNode document) {
        private static final Said NOTHING = new Said(Form.NOTHING, null);
    }

    /** In which form something was said. */
    public enum Form {
        NOTHING,
        JSON,
        QUERY,
        UNREADABLE
    }

    /** Reads a line, without its line feed. */
    public static RecordedCall of(byte[] line) throws UnreadableLine {
        JsonNode call = tree(line);
        if (!call.isObject()
                || !OPERATION.matcher(call.path("operation").asString("")).matches()) {
            throw new UnreadableLine("is no captured call");
        }
        if (call.path("version").asInt(0) != CaptureLine.VERSION) {
            throw new UnreadableLine("is of a version that is not known here");
        }
        return new RecordedCall(
                call.get("operation").asString(),
                said(call.path("request")),
                call.path("status").asInt(0),
                said(call.path("reply")));
    }

    private static JsonNode tree(byte[] line) throws UnreadableLine {
        try {
            return JSON.readTree(line);
        } catch (JacksonException broken) {
            throw new UnreadableLine("is not JSON");
        } catch (ArithmeticException | NumberFormatException absurd) {
            throw new UnreadableLine("has a number that is out of all bounds");
        }
    }

    private static Said said(JsonNode side) throws UnreadableLine {
        if (side.isNull() || side.isMissingNode()) {
            return Said.NOTHING;
        }
        for (Form form : Form.values()) {
            JsonNode document = side.path(form.name().toLowerCase(Locale.ROOT));
            if (!document.isMissingNode()) {
                return new Said(form, form == Form.UNREADABLE ? null : document);
            }
        }
        throw new UnreadableLine("has a request or reply in a form that is not known here");
    }
}

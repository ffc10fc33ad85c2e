package dev.sallyport.rejection;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a provider's errors look like, so that the gateway's own are read by the same code: a tree of members whose texts have
 * placeholders. Immutable.
 */
public final class ErrorShape {
    private static final String STATUS = "{status}";
    private static final String REQUEST_ID = "{request-id}";
    private static final String ERROR_TYPE = "{error-type}";
    private static final String ERROR_URL = "{error-url}";
    private static final String MESSAGE = "{message}";
    private static final String UUID_PART = "{uuid}";
    private static final Set<String> PLACEHOLDERS = Set.of(STATUS, REQUEST_ID, ERROR_TYPE, ERROR_URL, MESSAGE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

    private final Map<String, Object> body;
    private final String requestId;
    private final Map<Reason, String> types;
    private final boolean known;

    private ErrorShape(Map<String, Object> body, String requestId, Map<Reason, String> types, boolean known) {
        this.body = body;
        this.known = known;
        this.requestId = requestId;
        this.types = types;
    }

    /** What is said of one refusal. */
    record Words(int status, String requestId, String errorType, String errorUrl, String message) {
        private String in(String template) {
            return template.replace(STATUS, Integer.toString(status))
                    .replace(REQUEST_ID, requestId)
                    .replace(ERROR_TYPE, errorType)
                    .replace(ERROR_URL, errorUrl)
                    .replace(MESSAGE, message);
        }
    }

    /** Of a provider that has none that is known: RFC 9457's, with a member for the error type and one for its explanation. */
    public static ErrorShape plain() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("instance", "urn:sallyport:request:" + REQUEST_ID);
        body.put("code", ERROR_TYPE);
        body.put("help", ERROR_URL);
        return new ErrorShape(body, UUID_PART, Map.of(), false);
    }

    /**
     * A shape as a pack writes it; {@code null} for what it leaves to {@link #plain}.
     *
     * @param body members: objects, lists, texts with placeholders, and constants
     * @param requestId the form of a request id, with <code>{uuid}</code>
     * @param types the provider's own error types for the gateway's reasons
     * @throws IllegalArgumentException if something in it has no meaning
     */
    public static ErrorShape of(
            @Nullable Map<String, Object> body, @Nullable String requestId, @Nullable Map<Reason, String> types) {
        ErrorShape plain = plain();
        if (body != null) {
            check(body);
        }
        if (requestId != null && !requestId.contains(UUID_PART)) {
            throw new IllegalArgumentException("request-id must have {uuid}, or all would be the same");
        }
        return new ErrorShape(
                body == null ? plain.body : new LinkedHashMap<>(body),
                requestId == null ? plain.requestId : requestId,
                types == null ? Map.of() : Map.copyOf(types),
                body != null);
    }

    private static void check(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            object.values().forEach(ErrorShape::check);
        } else if (value instanceof Collection<?> list) {
            list.forEach(ErrorShape::check);
        } else if (value instanceof String text) {
            Matcher found = PLACEHOLDER.matcher(text);
            while (found.find()) {
                known(found.group());
            }
        }
    }

    private static void known(String placeholder) {
        if (!PLACEHOLDERS.contains(placeholder)) {
            throw new IllegalArgumentException("body has " + placeholder + ", which is none of "
                    + String.join(" ", PLACEHOLDERS.stream().sorted().toList()));
        }
    }

    /** The names of its members. */
    public Set<String> members() {
        return body.keySet();
    }

    /**
     * Why a document is no error of this shape, without a value of it; empty if it is one. Where nothing is known of the provider's
     * errors, every object is.
     *
     * @param status the HTTP status that it came with, which it has to repeat where the shape has it
     */
    public Optional<String> flaw(JsonNode document, int status) {
        return known ? Optional.ofNullable(flaw("", body, document, status)) : Optional.empty();
    }

    private static @Nullable String flaw(String at, @Nullable Object shape, JsonNode found, int status) {
        if (shape instanceof Map<?, ?> object) {
            return flawOfObject(at, object, found, status);
        }
        if (shape instanceof List<?> list) {
            return flawOfList(at, list, found, status);
        }
        if (shape instanceof String text) {
            return flawOfText(at, text, found, status);
        }
        boolean same = shape instanceof Number number
                ? found.isNumber() && found.decimalValue().compareTo(new BigDecimal(number.toString())) == 0
                : shape instanceof Boolean flag ? found.isBoolean() && found.booleanValue() == flag : found.isNull();
        return same ? null : at + " must be what it always is";
    }

    private static @Nullable String flawOfObject(String at, Map<?, ?> shape, JsonNode found, int status) {
        if (!found.isObject()) {
            return at + " must be an object";
        }
        for (var member : shape.entrySet()) {
            String name = String.valueOf(member.getKey());
            String below = at + "/" + escaped(name);
            @Nullable JsonNode value = found.get(name);
            @Nullable
            String flaw = value == null ? below + " is missing" : flaw(below, member.getValue(), value, status);
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    /** A shape with one item stands for lists of any length; it is the first that readers take. */
    private static @Nullable String flawOfList(String at, List<?> shape, JsonNode found, int status) {
        if (!found.isArray() || found.size() < Math.min(1, shape.size())) {
            return at + " must be a list" + (shape.isEmpty() ? "" : " with an item");
        }
        return shape.isEmpty() ? null : flaw(at + "/0", shape.get(0), found.get(0), status);
    }

    private static @Nullable String flawOfText(String at, String shape, JsonNode found, int status) {
        if (shape.equals(STATUS)) {
            boolean same = found.isNumber() && found.decimalValue().compareTo(BigDecimal.valueOf(status)) == 0;
            return same ? null : at + " must be the HTTP status";
        }
        if (!found.isString()) {
            return at + " must be a text";
        }
        boolean constant = !PLACEHOLDER.matcher(shape).find();
        return constant && !found.stringValue().equals(shape) ? at + " must be what it always is" : null;
    }

    /** Where the provider's errors name their type, as a JSON Pointer; empty if they do not. */
    public Optional<String> typeAt() {
        return at("", body, ERROR_TYPE);
    }

    /** Where the provider names its id of the request, as a JSON Pointer; empty if it does not. */
    public Optional<String> requestIdAt() {
        return at("", body, REQUEST_ID);
    }

    private static Optional<String> at(String at, @Nullable Object value, String placeholder) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member ->
                            at(at + "/" + escaped(String.valueOf(member.getKey())), member.getValue(), placeholder))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return at(at + "/0", list.get(0), placeholder);
        }
        return placeholder.equals(value) ? Optional.of(at) : Optional.empty();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** A request id for an answer that the provider never saw. Not a secret, so an ordinary random number will do. */
    String newRequestId() {
        var random = ThreadLocalRandom.current();
        return requestId.replace(UUID_PART, new UUID(random.nextLong(), random.nextLong()).toString());
    }

    /** The type that a refusal goes by: the provider's, of the violations first, then of the reason. */
    String type(Rejection rejection) {
        String own = rejection.errorType();
        return own.equals(rejection.reason().errorType()) ? types.getOrDefault(rejection.reason(), own) : own;
    }

    /** Writes the members into the object that was begun. */
    void write(JsonGenerator json, Words words) {
        body.forEach((name, value) -> {
            json.writeName(name);
            write(json, value, words);
        });
    }

    private static void write(JsonGenerator json, @Nullable Object value, Words words) {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((name, below) -> {
                json.writeName(String.valueOf(name));
                write(json, below, words);
            });
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            list.forEach(item -> write(json, item, words));
            json.writeEndArray();
        } else if (value instanceof String text) {
            writeText(json, text, words);
        } else {
            writeConstant(json, value);
        }
    }

    private static void writeText(JsonGenerator json, String text, Words words) {
        if (text.equals(STATUS)) {
            json.writeNumber(words.status());
        } else {
            json.writeString(words.in(text));
        }
    }

    private static void writeConstant(JsonGenerator json, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(new BigDecimal(number.toString()));
        } else {
            json.writeNull();
        }
    }
}

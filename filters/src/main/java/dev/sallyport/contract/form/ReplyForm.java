package dev.sallyport.contract.form;

import dev.sallyport.call.Headers;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.ErrorShape;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the replies of an operation look like before their schema is asked. A success has one of the operation's statuses; an
 * error, one from 400 to 599 and the provider's own shape, because callers' SDKs read nothing else. Both are JSON in UTF-8.
 */
public final class ReplyForm {
    /** Bytes of an error. The provider's have some hundred; what is larger is not worth the reading. */
    private static final int LARGEST_ERROR = 64 * 1024;

    private final IntPredicate successes;
    private final ErrorShape errors;
    private final StrictJson json;

    /**
     * A form.
     *
     * @param successes the statuses of a success
     * @param errors what the provider's errors look like
     */
    public ReplyForm(IntPredicate successes, ErrorShape errors, StrictJson json) {
        this.successes = successes;
        this.errors = errors;
        this.json = json;
    }

    /** Whether a status is that of a success. */
    public boolean isSuccess(int status) {
        return successes.test(status);
    }

    /** The least status of a success, for examples that name none. */
    public int usualStatus() {
        return IntStream.range(200, 300).filter(successes).findFirst().orElse(200);
    }

    /** What is wrong, by the name that violations have. */
    public record Flaw(String keyword, String message) {}

    /** What is wrong with a reply that is no error, before a byte of its body is looked at; null if nothing is. */
    public @Nullable Flaw ofSuccess(int status, Headers headers) {
        return successes.test(status)
                ? ofHead(headers, "")
                : new Flaw("status", "must be a success or an error, was the status " + status);
    }

    /** What is wrong with an error; null if it is one of the provider's. */
    public @Nullable Flaw ofError(int status, Headers headers, byte[] body) {
        String shown = ", with the status " + status;
        @Nullable Flaw head = ofHead(headers, shown);
        if (head != null) {
            return head;
        }
        if (body.length > LARGEST_ERROR) {
            return new Flaw("size", "must not be larger than " + LARGEST_ERROR + " bytes" + shown);
        }
        @Nullable JsonNode tree = json.tree(body);
        if (tree == null || !tree.isObject()) {
            return new Flaw("error", "must be an error as the provider writes them: a JSON object" + shown);
        }
        return errors.flaw(tree, status)
                .map(flaw -> new Flaw("error", "must be an error as the provider writes them: " + flaw + shown))
                .orElse(null);
    }

    /** The type of an error of the provider's, if it names one. */
    public Optional<String> errorType(byte[] body) {
        return errors.typeAt().flatMap(at -> text(body, at));
    }

    /** The id that the provider gave a request, as its errors name it. */
    public Optional<String> requestId(byte[] body) {
        return errors.requestIdAt().flatMap(at -> text(body, at));
    }

    private Optional<String> text(byte[] body, String pointer) {
        @Nullable JsonNode tree = body.length > LARGEST_ERROR ? null : json.tree(body);
        return Optional.ofNullable(tree)
                .map(document -> document.at(pointer))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    private static @Nullable Flaw ofHead(Headers headers, String status) {
        if (!JsonMediaType.isPlain(headers)) {
            return new Flaw("content-encoding", "must be identity, as was asked for" + status);
        }
        return JsonMediaType.isSaid(headers)
                ? null
                : new Flaw("content-type", "must be application/json in UTF-8" + status);
    }
}

package dev.sallyport.contract.rule;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.json.Pointers;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call when a rule is asked: the request, the reply once there is one, and the verified claims of the
 * session token in it.
 *
 * @param status the reply's HTTP status, which has at most three digits, or {@link #NO_STATUS}
 * @param project the project that the call names, if it names one
 */
public record Facts(
        @Nullable Document request,
        @Nullable Document reply,
        @Nullable Document token,
        int status,
        @Nullable String project) {
    static final int NO_STATUS = 0;

    private static final int MOST_STATUSES = 1000;
    private static final List<Value> STATUSES = IntStream.range(0, MOST_STATUSES)
            .mapToObj(
                    status -> status == NO_STATUS ? Value.MISSING : Value.scalar(Kind.NUMBER, Integer.toString(status)))
            .toList();

    /** Facts of documents alone. */
    public Facts(@Nullable Document request, @Nullable Document reply, @Nullable Document token) {
        this(request, reply, token, NO_STATUS, null);
    }

    /** Where a field stands. */
    public enum Source {
        REQUEST,
        /** The claims of the token in the request, which are not verified. */
        REQUEST_TOKEN,
        REPLY,
        TOKEN,
        /** The HTTP status of the reply, which has no pointer. */
        STATUS,
        /** The project that the call names, which has no pointer. */
        PROJECT
    }

    /**
     * A field of one of the documents.
     *
     * @param shown how messages call it
     */
    public record Field(Source source, int slot, String shown) {
        /** Where in its document, as a JSON Pointer. */
        public String pointer() {
            return shown.substring(shown.indexOf(':') + 1);
        }

        /** The name of the member itself, unescaped. */
        public String name() {
            List<String> steps = Pointers.steps(pointer());
            return steps.get(steps.size() - 1);
        }
    }

    public static Facts of(@Nullable Document request) {
        return new Facts(request, null, null);
    }

    /**
     * What is known once the provider has answered.
     *
     * @param reply the answer, read
     * @param token the verified claims, if there are any
     */
    public static Facts of(ReadCall call, Answer answer, Document reply, @Nullable Document token) {
        return new Facts(call.document(), reply, token, answer.status(), call.project());
    }

    /** The field's value; missing as well if its document is not there. */
    Value value(Field field) {
        return switch (field.source()) {
            case REQUEST -> in(request, field);
            case REQUEST_TOKEN -> in(request == null ? null : request.ownToken(), field);
            case REPLY -> in(reply, field);
            case TOKEN -> in(token, field);
            case STATUS -> STATUSES.get(status);
            case PROJECT -> project == null ? Value.MISSING : Value.scalar(Kind.STRING, project);
        };
    }

    private static Value in(@Nullable Document document, Field field) {
        return document == null ? Value.MISSING : document.value(field.slot());
    }
}

package dev.sallyport.call;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls and replies for tests. */
public final class Calls {
    public static final Timing TIMING = new Timing(10, 20);

    private Calls() {}

    public static Call call(String body) {
        return call(body, Map.of(), "project");
    }

    public static Call call(String body, Map<String, String> headers, @Nullable String project) {
        return Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(headers),
                bytes(body),
                new Caller(project, "192.0.2.1"));
    }

    /** The same call, with so much time from now on. */
    public static Call within(Call call, Duration time) {
        return call.within(Deadline.in(time));
    }

    /** A call of which nothing was read. */
    public static ReadCall unread(Call call) {
        return new ReadCall(call, Reading.Document.NONE);
    }

    /** An answer of which nothing was read: an error, or a document without a value. */
    public static Answer answer(int status, String body) {
        return answer(status, body, Answer.isError(status) ? new Reply.ProviderError() : Reading.Document.NONE);
    }

    /** An answer that was read. */
    public static Answer answer(int status, String body, Reply.Content content) {
        return new Answer(status, Headers.of(Map.of("content-type", "application/json")), bytes(body), TIMING, content);
    }

    public static <C, D> Reply through(Stage<C, D> filter, C call, Upstream<D> next) {
        return Objects.requireNonNull(filter.around(next).send(call).block());
    }

    public static Rejection rejection(Reply reply) {
        if (reply instanceof Refusal refusal) {
            return refusal.rejection();
        }
        throw new AssertionError("is no refusal: " + reply);
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}

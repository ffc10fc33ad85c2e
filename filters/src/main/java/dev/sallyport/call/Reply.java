package dev.sallyport.call;

import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes back: the provider's answer, or the gateway's refusal. */
public sealed interface Reply {
    /** When the provider was asked and when it had answered, if it was asked at all. */
    Timing timing();

    /**
     * When the provider was asked, by {@link System#nanoTime}.
     *
     * @param sent when the call left, or 0
     * @param answered when the last byte of its answer was here, or 0
     */
    record Timing(long sent, long answered) {
        public static final Timing NONE = new Timing(0, 0);

        /** How long the provider took, in nanoseconds; 0 if it was not asked. */
        public long nanos() {
            return answered - sent;
        }
    }

    /**
     * The gateway's refusal.
     *
     * @param refused the provider's answer that was refused, if that is what happened: for the log, which takes the provider's
     *     id of the request from it. No caller gets anything of it
     * @param fields header fields of ours that go with it, beside those that every refusal has
     */
    record Refusal(
            Rejection rejection, Timing timing, @Nullable Answer refused, Map<String, String> fields) implements Reply {
        public Refusal {
            fields = Map.copyOf(fields);
        }

        public Refusal(Rejection rejection) {
            this(rejection, Timing.NONE);
        }

        public Refusal(Rejection rejection, Timing timing) {
            this(rejection, timing, null);
        }

        public Refusal(Rejection rejection, Timing timing, @Nullable Answer refused) {
            this(rejection, timing, refused, Map.of());
        }

        /** A refusal of the provider's answer. */
        public static Refusal of(Rejection rejection, Answer refused) {
            return new Refusal(rejection, refused.timing(), refused);
        }

        /** The same refusal with these fields of ours, and no others. */
        public Refusal withFields(Map<String, String> others) {
            return new Refusal(rejection, timing, refused, others);
        }
    }

    /** What the body of an answer was read as: a {@link Reading.Document}, an error of the provider's, or neither. */
    sealed interface Content permits Reading.Document, ProviderError, BrokenForm {}

    /** One of the provider's own errors, in the form that its contract pack says. */
    record ProviderError() implements Content {}

    /** What is neither a document nor one of the provider's errors. */
    record BrokenForm(Violation problem) implements Content {}

    /** The provider's answer, read. Immutable; its body holds tokens and is not printed. */
    final class Answer implements Reply {
        private final int status;
        private final Headers headers;
        private final byte[] body;
        private final Timing timing;
        private final Content content;

        public Answer(int status, Headers headers, byte[] body, Timing timing, Content content) {
            this.status = status;
            this.headers = headers;
            this.body = body;
            this.timing = timing;
            this.content = content;
        }

        /** The same answer with other headers. */
        public Answer withHeaders(Headers others) {
            return new Answer(status, others, body, timing, content);
        }

        /** What its body was read as. */
        public Content content() {
            return content;
        }

        public int status() {
            return status;
        }

        public Headers headers() {
            return headers;
        }

        /** The very bytes that were checked. */
        public byte[] body() {
            return body;
        }

        @Override
        public Timing timing() {
            return timing;
        }

        /** Whether the provider says it did what it was asked; its own errors pass untouched. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether this is one of the provider's own errors. */
        public boolean isError() {
            return isError(status);
        }

        /** Whether the provider says that it did not do what it was asked. */
        public boolean isWithoutEffect() {
            return isWithoutEffect(status);
        }

        /**
         * Whether a status says that nothing was done: 4xx, but not 408 and 499. By RFC 9110 (15.5.9) the request did not arrive
         * whole in time, but what stands in front of a provider says either as well when it, or its own caller, no longer waits
         * for the answer to a request that it had passed on.
         */
        public static boolean isWithoutEffect(int status) {
            return status >= 400 && status < 500 && status != 408 && status != 499;
        }

        /** Whether a status is that of an error. */
        public static boolean isError(int status) {
            return status >= 400 && status < 600;
        }

        @Override
        public String toString() {
            return status + " (" + body.length + " bytes)";
        }
    }
}

package dev.sallyport.call;

import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
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
     */
    record Refusal(
            Rejection rejection, Timing timing, @Nullable Answer refused) implements Reply {
        public Refusal(Rejection rejection) {
            this(rejection, Timing.NONE);
        }

        public Refusal(Rejection rejection, Timing timing) {
            this(rejection, timing, null);
        }

        /** A refusal of the provider's answer. */
        public static Refusal of(Rejection rejection, Answer refused) {
            return new Refusal(rejection, refused.timing(), refused);
        }
    }

    /** The provider's answer. Immutable; its body holds tokens and is not printed. */
    final class Answer implements Reply {
        private final int status;
        private final Headers headers;
        private final byte[] body;
        private final Timing timing;
        private final Reading.@Nullable Document document;
        private final @Nullable Violation formProblem;
        private final boolean read;

        public Answer(int status, Headers headers, byte[] body, Timing timing) {
            this(status, headers, body, timing, null, null, false);
        }

        private Answer(
                int status,
                Headers headers,
                byte[] body,
                Timing timing,
                Reading.@Nullable Document document,
                @Nullable Violation formProblem,
                boolean read) {
            this.status = status;
            this.headers = headers;
            this.body = body;
            this.timing = timing;
            this.document = document;
            this.formProblem = formProblem;
            this.read = read;
        }

        /** The same answer, read. */
        public Answer read(Reading.Document found) {
            return new Answer(status, headers, body, timing, found, null, true);
        }

        /** The same answer, one of the provider's errors. */
        public Answer readAsError() {
            return new Answer(status, headers, body, timing, null, null, true);
        }

        /** The same answer, which could not be read. */
        public Answer unreadable(Violation problem) {
            return new Answer(status, headers, body, timing, null, problem, true);
        }

        /** Whether its form was looked at. */
        public boolean isRead() {
            return read;
        }

        /** The same answer with other headers. */
        public Answer withHeaders(Headers others) {
            return new Answer(status, others, body, timing, document, formProblem, read);
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

        /** What was read of the body; null before it was read, where it could not be, and of the provider's errors. */
        public Reading.@Nullable Document document() {
            return document;
        }

        /** Why the body could not be read; null if it could, and before it was read. */
        public @Nullable Violation formProblem() {
            return formProblem;
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
            return status >= 400 && status < 600;
        }

        @Override
        public String toString() {
            return status + " (" + body.length + " bytes)";
        }
    }
}

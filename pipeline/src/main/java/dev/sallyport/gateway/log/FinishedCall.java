package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Trail;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over.
 *
 * @param kind what it is of
 * @param trail by what it is found again, and where its time went
 * @param from whose it is
 * @param ending what its caller was told
 * @param words what the contract pack knows that the log may say
 */
public record FinishedCall(CallKind kind, Trail trail, From from, Ending ending, PackWords words) {
    /**
     * Whose a call is, as far as that may be told, and how it came.
     *
     * @param project null if it names none, or was not read so far
     * @param caller its name in the settings; null if it proved to be none of those
     * @param version of HTTP
     */
    public record From(@Nullable String project, @Nullable String caller, String version) {}

    /**
     * What a caller was told.
     *
     * @param reply null if the caller left before there was one
     * @param isDelivered whether the network took all of it
     */
    public record Ending(@Nullable Reply reply, boolean isDelivered) {
        /** The caller left before there was a reply. */
        public static final Ending LEFT = new Ending(null, false);

        @Override
        public String toString() {
            return isDelivered ? "told" : "not told";
        }
    }

    /** The provider's own id of its request; null if it gave none of a harmless form. */
    public @Nullable String providerRequestId() {
        return words.providerRequestId(ending.reply());
    }

    /** The trace that it is found in; null if it was not recorded. */
    @Nullable
    String traceId() {
        return trail.span().isRecorded() ? trail.span().traceId() : null;
    }

    @Override
    public String toString() {
        return kind.operation();
    }
}

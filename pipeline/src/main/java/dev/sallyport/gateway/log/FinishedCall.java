package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Trail;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over.
 *
 * @param operation its operation's id
 * @param trail by what it is found again, and where its time went
 * @param project as the call names it; null if it names none, or was not read so far
 * @param ending what its caller was told
 * @param words what the contract pack knows that the log may say
 */
public record FinishedCall(
        String operation, Trail trail, @Nullable String project, Ending ending, PackWords words) {
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

    @Nullable
    String providerRequestId() {
        return words.providerRequestId(ending.reply());
    }

    @Override
    public String toString() {
        return operation;
    }
}

package dev.sallyport.gateway.provider;

import dev.sallyport.gateway.body.BodyTooLarge;
import dev.sallyport.gateway.provider.codec.BrokenReply;
import dev.sallyport.gateway.provider.connection.NoConnection;
import dev.sallyport.gateway.provider.egress.AddressRefused;
import dev.sallyport.gateway.provider.egress.NoTunnel;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed exchange with the provider is to the caller. What is no failure of an exchange is a bug, and is left alone. */
public final class ProviderFailures {
    private static final Duration POOL_RETRY = Duration.ofSeconds(1);

    private final String operation;
    private final int replyLimit;

    /**
     * Failures of an operation's calls.
     *
     * @param operation its id
     * @param replyLimit bytes of a reply's body
     */
    public ProviderFailures(String operation, int replyLimit) {
        this.operation = operation;
        this.replyLimit = replyLimit;
    }

    /**
     * The refusal that a failure leads to; null if it is a bug.
     *
     * @param mayHaveLeft whether the provider may have got the call
     */
    public @Nullable Rejection rejection(Throwable failure, boolean mayHaveLeft) {
        if (failure instanceof BrokenReply reply) {
            return broken(reply.keyword(), reply.expected());
        }
        if (failure instanceof BodyTooLarge) {
            return broken("size", "must not be larger than " + replyLimit + " bytes");
        }
        if (failure instanceof NoConnection none && none.isBusy()) {
            String message = "All connections to the provider are in use. Try again in a second.";
            return Rejection.retryLater(Reason.OVERLOADED, message, POOL_RETRY);
        }
        return isOfConnection(failure) ? unreachable(failure, mayHaveLeft) : null;
    }

    private static boolean isOfConnection(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof ChannelException
                || failure instanceof CodecException; // a reply cut short, a record that TLS cannot read
    }

    private static Rejection unreachable(Throwable failure, boolean mayHaveLeft) {
        @Nullable String why = beforeSending(failure);
        String message = mayHaveLeft
                ? "The connection to the provider broke before it had answered. It may have carried out the call."
                : "The provider cannot be reached" + (why == null ? "" : ": " + why) + ". The call was not made.";
        return Rejection.of(Reason.PROVIDER_UNREACHABLE, message);
    }

    /** What kept a connection from being made; null if that is not known. TLS may also break later, with a call in flight. */
    private static @Nullable String beforeSending(Throwable failure) {
        if (failure instanceof NoConnection) {
            return failure.getMessage();
        }
        if (failure instanceof UnknownHostException) {
            return "its name could not be resolved";
        }
        if (failure instanceof ConnectException) {
            return "no connection was accepted";
        }
        if (failure instanceof AddressRefused) {
            return "its address may not be connected to";
        }
        if (failure instanceof NoTunnel) {
            return "the proxy on the way made no connection to it";
        }
        return failure instanceof SSLException ? "TLS could not be established" : null;
    }

    private Rejection broken(String keyword, String expected) {
        var violation = new Violation("", keyword, operation + "#reply/" + keyword, expected, null);
        return Rejection.ofReply(List.of(violation));
    }
}

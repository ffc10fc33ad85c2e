package dev.sallyport.gateway.http.connection;

import dev.sallyport.gateway.http.connection.ConnectionEvents.Refused;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * First on the channel that accepts connections: closes at once what is too many, in all or from one address, before anything
 * is set up for it, and tells of connections that could not be accepted. One instance per port.
 */
final class Admission extends ChannelInboundHandlerAdapter {
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostByAddress;
    private final Consumer<Refused> refusals;
    private final Consumer<Throwable> failures;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<Object, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * For one port.
     *
     * @param most connections in all
     * @param mostByAddress of one address
     * @param refusals hears of those that were closed
     * @param failures hears of connections that could not be accepted
     */
    Admission(int most, int mostByAddress, Consumer<Refused> refusals, Consumer<Throwable> failures) {
        this.most = most;
        this.mostByAddress = mostByAddress;
        this.refusals = refusals;
        this.failures = failures;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel connection = (Channel) accepted;
        Object address = address(connection);
        @Nullable Refused refused = enter(address);
        if (refused != null) {
            connection.unsafe().closeForcibly();
            refusals.accept(refused);
            return;
        }
        connection.closeFuture().addListener(closed -> leave(address));
        context.fireChannelRead(accepted);
    }

    /** Accepting is this thread's alone, so that the counts cannot rise between the question and the entry. */
    private @Nullable Refused enter(Object address) {
        if (open.get() >= most) {
            return Refused.MAX_CONNECTIONS;
        }
        if (byAddress.getOrDefault(address, 0) >= mostByAddress) {
            return Refused.PER_ADDRESS;
        }
        open.incrementAndGet();
        byAddress.merge(address, 1, Integer::sum);
        return null;
    }

    private void leave(Object address) {
        open.decrementAndGet();
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    /** An IPv6 network of 64 bits is one address: a single host has all of it. */
    private static Object address(Channel connection) {
        @Nullable
        InetAddress address =
                connection.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
        if (address instanceof Inet6Address) {
            return ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BYTES);
        }
        return address == null ? "" : address;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failures.accept(cause);
        context.fireExceptionCaught(cause);
    }
}

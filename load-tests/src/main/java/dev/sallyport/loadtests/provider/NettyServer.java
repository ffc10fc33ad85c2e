package dev.sallyport.loadtests.provider;

import dev.sallyport.loadtests.load.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A minimal server on a thread of its own, where nginx is not installed: whole replies lie ready, one write each. */
final class NettyServer implements StaticServer {
    private final Loops loops = new Loops("upstream");
    private final ByteBuf keys;
    private final Channel channel;
    private volatile List<ByteBuf> replies = List.of();

    NettyServer(byte[] keys) {
        this.keys = answer(keys);
        this.channel = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new HttpRequestDecoder(), new Answering());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private static ByteBuf answer(byte[] body) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(head, body));
    }

    @Override
    public void show(Replies shown) {
        replies = shown.bodies().stream().map(NettyServer::answer).toList();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public long cpuMicros() {
        return loops.cpuMicros();
    }

    @Override
    public void close() {
        loops.close();
    }

    @Override
    public String toString() {
        return "a minimal Netty server";
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a caller that does not get its answer fails the measurement
    private final class Answering extends SimpleChannelInboundHandler<HttpObject> {
        private boolean asksForKeys;
        private int calls;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpRequest request) {
                asksForKeys = request.method().equals(HttpMethod.GET);
            }
            if (part instanceof LastHttpContent) {
                ByteBuf answer = asksForKeys ? keys : replies.get(calls++ % replies.size());
                context.writeAndFlush(answer.duplicate());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

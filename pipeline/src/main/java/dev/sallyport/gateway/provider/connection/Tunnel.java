package dev.sallyport.gateway.provider.connection;

import dev.sallyport.gateway.provider.egress.NoTunnel;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy for a connection to the target ({@code CONNECT}, RFC 9110, 9.3.6), in front of everything else in the pipeline, and is
 * gone from there once the proxy has made it. What follows a 200 belongs to the target, and comes only when it was asked for
 * something; so whatever comes earlier ends the attempt, as any other answer does. On the connection's event loop.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_HEAD = 16 * 1024;

    private final HttpClientCodec codec = new HttpClientCodec(LONGEST_LINE, LONGEST_HEAD, LONGEST_HEAD);
    private final Channel channel;
    private final Promise<Channel> made;

    private Tunnel(Channel channel) {
        this.channel = channel;
        this.made = channel.eventLoop().newPromise();
    }

    /**
     * Asks for one in a channel that is connected to the proxy.
     *
     * @param authorization what the proxy is shown
     * @param patience how long its answer is waited for
     */
    static Future<Channel> in(Channel channel, Target target, Optional<String> authorization, Duration patience) {
        var tunnel = new Tunnel(channel);
        channel.pipeline().addFirst(tunnel.codec, tunnel);
        @Nullable
        Future<?> timer = Loops.schedule(
                channel.eventLoop(), () -> tunnel.failed("the proxy did not answer in time", null), patience);
        tunnel.made.addListener(done -> {
            if (timer != null) {
                timer.cancel(false);
            }
        });
        tunnel.ask(target, authorization);
        return tunnel.made;
    }

    private void ask(Target target, Optional<String> authorization) {
        String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        String authority = host + ":" + target.port();
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, authority).set(HttpHeaderNames.USER_AGENT, "sallyport");
        authorization.ifPresent(shown -> request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, shown));
        channel.pipeline().context(this).writeAndFlush(request).addListener(write -> {
            if (!write.isSuccess()) {
                failed("the proxy ended the connection", write.cause());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!(message instanceof HttpObject part) || part.decoderResult().isFailure()) {
                failed("the proxy's answer is not one to CONNECT", null);
            } else if (part instanceof HttpResponse answer) {
                answered(answer.status());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(HttpResponseStatus status) {
        if (status.equals(HttpResponseStatus.OK)) {
            channel.eventLoop().execute(this::granted);
        } else if (status.codeClass() != HttpStatusClass.INFORMATIONAL) {
            failed("the proxy answered " + status.code(), null);
        }
    }

    /** In a turn of its own: the codec has read what it was given by then. */
    private void granted() {
        if (!made.isDone()) {
            channel.pipeline().remove(codec);
            channel.pipeline().remove(this);
            made.trySuccess(channel);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed("the proxy ended the connection", null);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed("the connection to the proxy broke", cause);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    private void failed(String why, @Nullable Throwable cause) {
        if (made.tryFailure(new NoTunnel(why, cause))) {
            channel.close();
        }
    }
}

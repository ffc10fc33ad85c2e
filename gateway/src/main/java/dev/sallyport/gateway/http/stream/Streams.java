package dev.sallyport.gateway.http.stream;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.config.StreamSettings;
import dev.sallyport.gateway.http.connection.ConnectionBounds;
import dev.sallyport.gateway.http.connection.Shared;
import dev.sallyport.gateway.http.connection.UncaughtErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.function.Consumer;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** HTTP/2 for the connections of a server whose TLS offers it. One for all of them. */
public final class Streams {
    private static final int RESET_SECONDS = 30;
    /** Of frames that wait to be written, none of which the flow control holds back. */
    private static final int MOST_QUEUED = 1_000;
    /** What all streams of a connection may send without being read: what one may, and what HTTP/2 begins with. */
    private static final int WINDOW = 65_535;

    private static final int MOST_EMPTY = 2;
    private static final int MOST_SMALL_CONTINUATIONS = 16;
    private static final long CLOSE_MILLIS = 1_000;

    private final HttpServer others;
    private final RequestSettings settings;
    private final Shared shared;
    private final UncaughtErrors uncaught;
    private final Consumer<ChannelPipeline> handlers;

    /**
     * Streams of a server.
     *
     * @param server by which requests are handled that go past the handlers
     * @param handlers puts what guards and answers one request behind what is in the pipeline
     */
    public Streams(HttpServer server, RequestSettings settings, Shared shared, Consumer<ChannelPipeline> handlers) {
        this.others = within(server);
        this.settings = settings;
        this.shared = shared;
        this.uncaught = new UncaughtErrors(shared.events());
        this.handlers = handlers;
    }

    /** The server as it is for a stream: TLS is the connection's, and seen from the stream there is one request of HTTP/1.1. */
    private static HttpServer within(HttpServer server) {
        HttpServer plain = server.noSSL().protocol(HttpProtocol.HTTP11);
        return server.configuration().isForwarded()
                ? plain
                : plain.forwarded((connection, request) -> connection.withScheme("https"));
    }

    /** Lets a new connection speak HTTP/2 if that is what its TLS chooses; everything else is there already. */
    public void into(Channel connection, ConnectionObserver observer) {
        connection
                .pipeline()
                .addBefore(NettyPipeline.HttpCodec, "sallyport.protocol", new ProtocolChoice(this, observer));
    }

    /** Behind TLS, what speaks HTTP/2, for a connection that has nothing else there. */
    void speakOn(ChannelPipeline connection, ConnectionObserver observer) {
        var streams = new StreamConnection(shared, settings);
        Http2FrameCodec codec = codec();
        codec.connection().addListener(streams.endings());
        connection
                .addLast("sallyport.wire", new Wire(shared, settings))
                .addLast("sallyport.frames", codec)
                .addLast(ConnectionBounds.HANDLER, streams)
                .addLast("sallyport.streams", new Http2MultiplexHandler(new StreamStart(this, streams, observer)))
                .addLast("sallyport.connectionEnd", new ConnectionEnd(uncaught));
    }

    /** Of an answer nothing is kept for later ones: a caller may say how much that would be. */
    private Http2FrameCodec codec() {
        StreamSettings bounds = settings.http2();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(new Http2Settings()
                        .maxConcurrentStreams(bounds.maxConcurrentStreams())
                        .maxHeaderListSize(mostOfHead())
                        .initialWindowSize(WINDOW))
                .headerSensitivityDetector(Http2HeadersEncoder.ALWAYS_SENSITIVE)
                .encoderEnforceMaxQueuedControlFrames(MOST_QUEUED)
                .encoderEnforceMaxRstFramesPerWindow(bounds.maxResets(), RESET_SECONDS)
                .decoderEnforceMaxRstFramesPerWindow(bounds.maxResets(), RESET_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(MOST_EMPTY)
                .decoderEnforceMaxSmallContinuationFrames(MOST_SMALL_CONTINUATIONS)
                .gracefulShutdownTimeoutMillis(CLOSE_MILLIS)
                .build();
        codec.connection()
                .remote()
                .maxActiveStreams(Integer.MAX_VALUE); // StreamConnection counts, until its caller knows
        return codec;
    }

    /** So much that what is too large by our own rule can be refused in words, in most cases. */
    private long mostOfHead() {
        return 2 * (settings.headerLimit().bytes() + ConnectionBounds.LONGEST_LINE);
    }

    /** Into a new stream's pipeline. */
    void into(Channel stream, StreamConnection connection, ConnectionObserver observer) {
        stream.config().setAutoRead(false);
        var head = new StreamHead(
                ConnectionBounds.LONGEST_LINE, (int) settings.headerLimit().bytes());
        stream.pipeline()
                .addLast("sallyport.streamCodec", new StreamCodec(head))
                .addLast(ConnectionBounds.HANDLER, new StreamRequest(connection, shared, settings));
        handlers.accept(stream.pipeline());
        stream.pipeline()
                .addLast(
                        "sallyport.others",
                        new OtherHandling(
                                () -> others.configuration().channelInitializer(observer, null, true), uncaught));
    }
}

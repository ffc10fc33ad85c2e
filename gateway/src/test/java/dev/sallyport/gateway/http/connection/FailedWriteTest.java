package dev.sallyport.gateway.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.RequestSettings;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An answer cannot be written, or a request not be read, although the caller is there: for one, no buffer is left. */
final class FailedWriteTest {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] PART = "<a part of an answer>".getBytes(StandardCharsets.US_ASCII);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: gateway\r\n\r\n";

    private final Buffers buffers = new Buffers();
    private final Heard heard = new Heard();
    private @Nullable DisposableServer server;

    static Stream<Error> errors() {
        return Stream.of(new OutOfMemoryError("no buffer is left"), new AssertionError("no buffer is given"));
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(server).disposeNow();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void a_caller_whose_answer_cannot_be_written_is_closed_and_the_error_is_told(Error error) throws IOException {
        start((request, response) -> {
            buffers.failure = error;
            return response.sendByteArray(Mono.just(PART));
        });

        try (Socket caller = asked(REQUEST)) {
            assertThat(rest(caller)).isEmpty();
        }
        assertThat(heard.failed).isNotEmpty();
        assertThat(heard.cut).isEmpty();
    }

    /** What came next on the connection would be taken for the rest of it. */
    @ParameterizedTest
    @MethodSource("errors")
    void a_caller_whose_answer_lost_a_part_is_closed_before_the_next_answer(Error error) throws IOException {
        Sinks.Many<byte[]> parts = Sinks.many().unicast().onBackpressureBuffer();
        start((request, response) -> response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(2 * PART.length))
                .send(parts.asFlux().map(Unpooled::wrappedBuffer), part -> true));

        try (Socket caller = asked(REQUEST + REQUEST)) {
            parts.tryEmitNext(PART).orThrow();
            readPart(caller);
            buffers.failure = error;
            parts.emitNext(PART, Sinks.EmitFailureHandler.FAIL_FAST);
            parts.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);

            assertThat(rest(caller)).isEmpty();
        }
        assertThat(heard.failed).isNotEmpty();
        assertThat(heard.cut).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void a_caller_whose_request_cannot_be_read_is_closed(Error error) throws IOException {
        start((request, response) -> response.sendByteArray(Mono.just(PART)));
        buffers.failure = error;

        try (Socket caller = asked(REQUEST)) {
            assertThat(rest(caller)).isEmpty();
        }
    }

    private interface Answering {
        Publisher<Void> to(HttpServerRequest request, HttpServerResponse response);
    }

    private void start(Answering answering) {
        var bounds = new ConnectionBounds(RequestSettings.defaults(), heard);
        server = bounds.in(HttpServer.create().host("127.0.0.1").port(0))
                .childOption(ChannelOption.ALLOCATOR, buffers)
                .handle(answering::to)
                .bindNow();
    }

    private Socket asked(String requests) throws IOException {
        var socket = new Socket(
                InetAddress.getLoopbackAddress(), Objects.requireNonNull(server).port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** To the end of the first part of an answer. */
    private static void readPart(Socket socket) throws IOException {
        int last = PART[PART.length - 1];
        for (int c = next(socket); c != last; c = next(socket)) {
            assertThat(c).isNotNegative();
        }
    }

    /** All that still comes until the connection is closed. */
    private static String rest(Socket socket) throws IOException {
        var rest = new StringBuilder();
        for (int c = next(socket); c >= 0; c = next(socket)) {
            rest.append((char) c);
        }
        return rest.toString();
    }

    private static int next(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    /** Gives buffers that a socket takes until it is told to fail. */
    private static final class Buffers extends AbstractByteBufAllocator {
        private volatile @Nullable Error failure;

        Buffers() {
            super(true);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initial, int most) {
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initial, most);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            Error error = failure;
            if (error != null) {
                throw error;
            }
            return UnpooledByteBufAllocator.DEFAULT.directBuffer(initial, most);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    private static final class Heard implements ConnectionEvents {
        private final List<Cut> cut = new CopyOnWriteArrayList<>();
        private final List<Throwable> failed = new CopyOnWriteArrayList<>();

        @Override
        public void refused(Refused why) {}

        @Override
        public void cut(Cut why) {
            cut.add(why);
        }

        @Override
        public void acceptFailed(Throwable cause) {}

        @Override
        public void errorDropped(Throwable error) {}

        @Override
        public void answerFailed(Throwable bug) {
            failed.add(bug);
        }
    }
}

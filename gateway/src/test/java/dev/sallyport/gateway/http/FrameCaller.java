package dev.sallyport.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A caller that writes the frames of HTTP/2 itself, right or wrong, and reads those that come. */
public final class FrameCaller implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int SHORT = 127;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
    private final List<Frame> passed = new ArrayList<>();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** A frame that came. */
    public record Frame(int type, int flags, int stream, ByteBuffer payload) {
        public boolean ends() {
            return type == RST_STREAM || ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0);
        }

        /** Of a frame that tells of an error. */
        public int error() {
            return payload.getInt(type == GOAWAY ? Integer.BYTES : 0);
        }

        public int lastStream() {
            return payload.getInt(0);
        }
    }

    /** What came on a stream: the status, or that it was reset with a code. */
    public record Outcome(String status, String body, String fields) {}

    private FrameCaller(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** A connection whose preface and settings were sent. */
    public static FrameCaller to(int port, SSLContext trusting, byte... settings) throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals("h2")) {
            throw new IOException("HTTP/2 was not taken: " + socket.getApplicationProtocol());
        }
        var caller = new FrameCaller(socket);
        caller.held.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        caller.hold(SETTINGS, 0, 0, settings).flush();
        return caller;
    }

    /** One of the parameters in a frame of settings. */
    public static byte[] setting(int id, int value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
    }

    /** A frame that goes with what is sent next. */
    public FrameCaller hold(int type, int flags, int stream, byte... payload) {
        ByteBuffer head = ByteBuffer.allocate(9)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream);
        held.writeBytes(head.array());
        held.writeBytes(payload);
        return this;
    }

    /** False if the other end takes no more. */
    public boolean flush() {
        try {
            socket.getOutputStream().write(held.toByteArray());
            return true;
        } catch (IOException ended) {
            return false;
        } finally {
            held.reset();
        }
    }

    public FrameCaller send(int type, int flags, int stream, byte... payload) {
        hold(type, flags, stream, payload).flush();
        return this;
    }

    /** The usual head of a call, with a body to follow. */
    public FrameCaller call(int stream, String... more) {
        String[] usual = {
            ":method",
            "POST",
            ":scheme",
            "https",
            ":authority",
            "gateway",
            ":path",
            "/call",
            "content-type",
            "application/json"
        };
        return head(stream, 0, usual, more);
    }

    /** A head that is the whole request. */
    public FrameCaller get(int stream, String path, String... more) {
        String[] usual = {":method", "GET", ":scheme", "https", ":authority", "gateway", ":path", path};
        return head(stream, END_STREAM, usual, more);
    }

    public FrameCaller head(int stream, int flags, String[] fields, String... more) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(block(fields));
        all.writeBytes(block(more));
        return hold(HEADERS, END_HEADERS | flags, stream, all.toByteArray());
    }

    /** Names and values in turn, as literals that nothing keeps. */
    public static byte[] block(String... fields) {
        var block = new ByteArrayOutputStream();
        for (int index = 0; index < fields.length; index++) {
            if (index % 2 == 0) {
                block.write(0);
            }
            byte[] text = fields[index].getBytes(StandardCharsets.ISO_8859_1);
            length(block, text.length);
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    private static void length(ByteArrayOutputStream block, int length) {
        if (length < SHORT) {
            block.write(length);
            return;
        }
        block.write(SHORT);
        int rest = length - SHORT;
        while (rest > SHORT) {
            block.write((rest & SHORT) | 0x80);
            rest >>= 7;
        }
        block.write(rest);
    }

    public FrameCaller body(int stream, String text) {
        return send(DATA, END_STREAM, stream, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next frame; null at the end of the connection. */
    public @Nullable Frame next() throws IOException {
        try {
            int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            return new Frame(type, flags, in.readInt(), ByteBuffer.wrap(in.readNBytes(length)));
        } catch (EOFException | SocketException | SSLException ended) {
            return null;
        }
    }

    /** The next frame of a type; null at the end of the connection. */
    public @Nullable Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame != null && frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    /** Whether nothing but frames of these types comes before the end of the connection. */
    public boolean endsAfterAtMost(int type) throws IOException {
        for (Frame frame = next(); frame != null; frame = next()) {
            if (frame.type() != type) {
                return false;
            }
        }
        return true;
    }

    /** All of what comes on a stream; what comes on others is kept until it is asked for. */
    public Outcome outcome(int stream) throws IOException, Http2Exception {
        String status = "";
        var body = new ByteArrayOutputStream();
        var fields = new StringBuilder();
        Frame frame;
        do {
            frame = nextOf(stream);
            if (frame == null || frame.type() == RST_STREAM) {
                status += frame == null ? " end" : " reset " + frame.error();
            } else if (frame.type() == HEADERS) {
                var block = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(frame.payload()));
                status += block.status();
                block.forEach(field -> fields.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append('\n'));
            } else if (frame.type() == DATA) {
                body.writeBytes(frame.payload().array());
            }
        } while (frame != null && !frame.ends());
        return new Outcome(status, body.toString(StandardCharsets.UTF_8), fields.toString());
    }

    private @Nullable Frame nextOf(int stream) throws IOException {
        Frame frame = passed.stream()
                .filter(each -> each.stream() == stream)
                .findFirst()
                .orElse(null);
        if (frame != null) {
            passed.remove(frame);
            return frame;
        }
        for (frame = next(); frame != null && frame.stream() != stream; frame = next()) {
            passed.add(frame);
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

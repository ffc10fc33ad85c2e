package dev.sallyport.gateway;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Callers who make one call after another, each on a connection that it keeps until an answer says that it was the last. A kept
 * connection that ends in order before a byte of an answer has not taken the request (RFC 9112, 9.3.1), which is sent again; whatever
 * else is no good answer is a failure.
 */
final class KeepingCallers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final String good;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    /**
     * Starts calling.
     *
     * @param good how a good answer begins
     */
    KeepingCallers(int port, int count, String good) {
        this.port = port;
        this.good = good;
        for (int number = 0; number < count; number++) {
            int caller = number;
            var thread = new Thread(() -> call(caller), "caller-" + number);
            thread.start();
            threads.add(thread);
        }
    }

    int answered() {
        return answered.get();
    }

    /** How many requests met the end of a kept connection. */
    int sentAgain() {
        return sentAgain.get();
    }

    int connections() {
        return connections.get();
    }

    Queue<String> failures() {
        return failures;
    }

    private void call(int caller) {
        @Nullable Kept kept = null;
        for (int number = 0; !isOver; number++) {
            try {
                kept = called(kept, "token-" + caller + "-" + number);
            } catch (IOException failed) {
                failures.add(LocalTime.now(ZoneOffset.UTC) + " " + failed);
                kept = null;
            }
        }
    }

    private @Nullable Kept called(@Nullable Kept kept, String token) throws IOException {
        Kept used = kept == null ? connected() : kept;
        @Nullable String head = used.head(request(token));
        if (head == null && kept != null) {
            sentAgain.incrementAndGet();
            used.socket.close();
            return called(null, token);
        }
        if (head == null || !head.startsWith(good)) {
            throw new IOException("not answered: " + head);
        }
        answered.incrementAndGet();
        if (head.contains("connection: close")) {
            used.socket.close();
            return null;
        }
        return used;
    }

    private static String request(String token) {
        String body = "{\"session_token\":\"" + token + "\"}";
        return RawHttp.head(
                        "POST /v1/sessions/revoke HTTP/1.1",
                        RawCalls.HOST,
                        RawCalls.JSON,
                        "Content-Length: " + body.length())
                + body;
    }

    private Kept connected() throws IOException {
        connections.incrementAndGet();
        return new Kept(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A connection with what was read of it. */
    private static final class Kept {
        private final Socket socket;
        private final InputStream in;

        Kept(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        }

        /** The next answer's head in lower case, its body read as well; null if the connection ended without a byte. */
        @Nullable
        String head(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0 && head.isEmpty()) {
                    return null;
                }
                if (next < 0) {
                    throw new EOFException("cut short: " + head);
                }
                head.append((char) next);
            }
            String lower = head.toString().toLowerCase(Locale.ROOT);
            int at = lower.indexOf("content-length: ") + "content-length: ".length();
            int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
            if (in.readNBytes(length).length < length) {
                throw new EOFException("body cut short: " + lower);
            }
            return lower;
        }
    }

    /** Ends with the answers to the last calls. */
    void end() {
        isOver = true;
        for (Thread each : threads) {
            Waiting.until("the last answer", () -> !each.isAlive());
        }
    }

    @Override
    public void close() {
        end();
    }
}

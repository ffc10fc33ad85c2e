package dev.sallyport.gateway;

import static dev.sallyport.gateway.SocketServer.body;
import static dev.sallyport.gateway.SocketServer.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A provider that does with each whole request what comes next in its script, and remembers the request's first line. */
final class ScriptedProvider implements AutoCloseable {
    /** Ends the connection without a word. */
    static final String HANG_UP = "";

    /** Begins a reply, and ends the connection. */
    static final String CUT_SHORT = "HTTP/1.1 200 x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";

    /** Says nothing, and keeps the connection. */
    static final String SILENCE = "...";

    private final SocketServer server = new SocketServer(this::serve);
    private final Deque<String> script = new ConcurrentLinkedDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String otherwise = HANG_UP;
    private volatile Duration work = Duration.ZERO;
    private volatile CountDownLatch running = new CountDownLatch(0);

    ScriptedProvider() throws IOException {}

    String baseUrl() {
        return server.baseUrl();
    }

    /** What is done with the next requests, one after the other, and with all that come after them. */
    void does(String otherwise, String... steps) {
        asked.clear();
        script.clear();
        script.addAll(List.of(steps));
        this.otherwise = otherwise;
    }

    /** From now on, so long before each reply. */
    void takes(Duration time) {
        work = time;
    }

    /** As a process that is stopped: connections and requests reach it, and it sees to them once it goes on. */
    void pauses() {
        running = new CountDownLatch(1);
    }

    void goesOn() {
        running.countDown();
    }

    /** Closes all connections. */
    void hangsUp() throws IOException {
        server.hangUp();
    }

    /** The first lines of the requests since then. */
    List<String> asked() {
        return asked;
    }

    /** A reply in JSON. */
    static String reply(int status, String body, String... fields) {
        return "HTTP/1.1 " + status + " x\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(fields)
                                .map(field -> field + "\r\n")
                                .toList())
                + "\r\n" + body;
    }

    /** One of the provider's errors. */
    static String error(int status, String type, String... fields) {
        return reply(
                status,
                "{\"status_code\":" + status + ",\"request_id\":\"request-id-test-1\",\"error_type\":\"" + type
                        + "\",\"error_message\":\"m\",\"error_url\":\"u\"}",
                fields);
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String head = head(in); !head.isEmpty(); head = head(in)) {
            body(head, in);
            awaitRunning();
            asked.add(head.substring(0, head.indexOf("\r\n")));
            String next = script.isEmpty() ? otherwise : script.poll();
            if (!next.equals(SILENCE) && !isClosedWithin(work)) {
                socket.getOutputStream().write(next.getBytes(ISO_8859_1));
            }
            if (next.equals(HANG_UP) || next.equals(CUT_SHORT)) {
                return;
            }
        }
    }

    private void awaitRunning() throws IOException {
        try {
            running.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private boolean isClosedWithin(Duration time) throws IOException {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        running.countDown();
        server.close();
    }
}

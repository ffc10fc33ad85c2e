package dev.sallyport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * A provider that writes bytes and knows no HTTP: one reply to each request as a rule, and what a {@link Misbehaviour} says to
 * one of so many. Each caller asks for the sessions of a user of its own, whom its reply has to name.
 */
final class RawProvider implements AutoCloseable {
    private static final String PARAMETER = "user_id=";

    private final SocketServer server = new SocketServer(this::serve);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private final Set<String> mistreated = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private volatile Misbehaviour misbehaviour = Misbehaviour.NONE;
    private volatile int oneOf = 1;
    private volatile IntSupplier lateness = () -> 0;

    RawProvider() throws IOException {}

    String baseUrl() {
        return server.baseUrl();
    }

    /**
     * From now on, one of so many requests is answered like this.
     *
     * @param millis after how long what comes late is written
     */
    void misbehave(Misbehaviour how, int share, IntSupplier millis) {
        mistreated.clear();
        oneOf = share;
        lateness = millis;
        misbehaviour = how;
    }

    /** Closes all connections, so that what is due on them later reaches no further call. */
    void hangUp() throws IOException {
        server.hangUp();
    }

    /** Whether a user's request was not simply answered. */
    boolean mistreated(String user) {
        return mistreated.contains(user);
    }

    /** Connections made so far. */
    long accepted() {
        return server.accepted();
    }

    private void serve(Socket socket) throws IOException {
        var wire = new Wire(socket, later);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String head = SocketServer.head(in); !head.isEmpty(); head = SocketServer.head(in)) {
            answer(wire, user(head));
        }
    }

    private void answer(Wire wire, String user) throws IOException {
        if (requests.incrementAndGet() % oneOf == 0) {
            mistreated.add(user);
            misbehaviour.answer(wire, user, lateness.getAsInt());
        } else {
            wire.write(reply(user));
        }
    }

    /** A good reply, about this user. */
    static String reply(String user) {
        return head("200 OK", body(user).length()) + body(user);
    }

    static String head(String status, int length) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    static String body(String user) {
        return """
                {"status_code":200,"request_id":"request-id-test-1","sessions":[{"session_id":"session-test-1","user_id":"%s",\
                "started_at":"2026-03-02T09:00:00Z","last_accessed_at":"2026-03-02T09:00:00Z",\
                "expires_at":"2026-03-02T10:00:00Z","attributes":null,"authentication_factors":[],"roles":[],\
                "custom_claims":null}]}""".formatted(user);
    }

    private static String user(String head) {
        int from = head.indexOf(PARAMETER) + PARAMETER.length();
        return head.substring(from, head.indexOf(' ', from));
    }

    @Override
    public void close() throws IOException {
        server.close();
        later.shutdownNow();
    }

    /** One connection, to be written to at once and later. */
    record Wire(Socket socket, ScheduledExecutorService timer) {
        void write(String bytes) throws IOException {
            synchronized (socket) {
                socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            }
        }

        /** In the same breath if that is now. */
        void writeThen(String bytes, int millis, String late) throws IOException {
            if (millis == 0) {
                write(bytes + late);
            } else {
                write(bytes);
                var unused = timer.schedule(() -> tryWriting(late), millis, TimeUnit.MILLISECONDS);
            }
        }

        private void tryWriting(String late) {
            try {
                write(late);
            } catch (IOException closed) {
                // As it should be.
            }
        }
    }
}

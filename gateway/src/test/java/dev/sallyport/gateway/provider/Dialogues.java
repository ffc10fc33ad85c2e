package dev.sallyport.gateway.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server whose every connection is a dialogue of its own, written as a test likes it. */
final class Dialogues implements AutoCloseable {
    private final ServerSocket server;
    private final Dialogue dialogue;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** One side of a connection; it is closed afterwards. */
    @FunctionalInterface
    interface Dialogue {
        void with(Wire wire) throws Exception;
    }

    Dialogues(Dialogue dialogue) throws IOException {
        this(new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()), dialogue);
    }

    Dialogues(ServerSocket server, Dialogue dialogue) {
        this.server = server;
        this.dialogue = dialogue;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Made so far. */
    int connections() {
        return connections.get();
    }

    /** Not closed by this side. */
    int open() {
        return open.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> hold(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void hold(Socket socket) {
        try (socket) {
            dialogue.with(new Wire(socket));
        } catch (Exception gone) {
            // The other side closed the connection, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    /** The server's end of a connection. */
    record Wire(Socket socket) {
        /** The path of the next request, when its head is read; null if there is none. */
        @Nullable
        String path() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return null;
                }
                head.append((char) next);
            }
            return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/"));
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}

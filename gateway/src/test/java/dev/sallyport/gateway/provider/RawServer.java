package dev.sallyport.gateway.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads requests and writes the same bytes to each, at once or when it is told to, on one connection after another; hangs up if
 * there are no bytes.
 */
final class RawServer implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 22;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch released;
    private final byte[] reply;
    private final boolean hangsUp;

    RawServer(String reply) throws IOException {
        this(reply, reply.isEmpty(), false);
    }

    private RawServer(String reply, boolean hangsUp, boolean holds) throws IOException {
        this.reply = reply.getBytes(ISO_8859_1);
        this.hangsUp = hangsUp;
        this.released = new CountDownLatch(holds ? 1 : 0);
        threads.execute(this::accept);
    }

    /** One that closes each connection after the bytes. */
    static RawServer hangingUpAfter(String reply) throws IOException {
        return new RawServer(reply, true, false);
    }

    /** One that writes nothing until it is released. */
    static RawServer holding(String reply) throws IOException {
        return new RawServer(reply, false, true);
    }

    void release() {
        released.countDown();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Made so far. */
    int connections() {
        return connections.get();
    }

    /** Connections that neither side has closed. */
    int open() {
        return open.get();
    }

    /** Read so far. */
    int requests() {
        return requests.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (readsRequest(socket)) {
                requests.incrementAndGet();
                released.await();
                socket.getOutputStream().write(reply);
                if (hangsUp) {
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The client closed the connection, or the test is over.
        } finally {
            open.decrementAndGet();
        }
    }

    /** Head and body; one byte of what is no HTTP but TLS is enough to answer wrongly. */
    private static boolean readsRequest(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0 || next == TLS_HANDSHAKE) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
                return false;
            }
            head.append((char) next);
        }
        socket.getInputStream().readNBytes(length(head.toString()));
        return true;
    }

    private static int length(String head) {
        String field = "content-length: ";
        int at = head.toLowerCase(Locale.ROOT).indexOf(field);
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + field.length(), head.indexOf("\r\n", at)));
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

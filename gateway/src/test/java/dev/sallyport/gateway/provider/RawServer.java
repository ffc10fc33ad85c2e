package dev.sallyport.gateway.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads requests and writes the same bytes to each, on one connection after another; hangs up if there are no bytes. */
final class RawServer implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 22;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final byte[] reply;
    private final boolean hangsUp;

    RawServer(String reply) throws IOException {
        this(reply, reply.isEmpty());
    }

    private RawServer(String reply, boolean hangsUp) throws IOException {
        this.reply = reply.getBytes(ISO_8859_1);
        this.hangsUp = hangsUp;
        threads.execute(this::accept);
    }

    /** One that closes each connection after the bytes. */
    static RawServer hangingUpAfter(String reply) throws IOException {
        return new RawServer(reply, true);
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (readsRequest(socket)) {
                socket.getOutputStream().write(reply);
                if (hangsUp) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The client closed the connection.
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

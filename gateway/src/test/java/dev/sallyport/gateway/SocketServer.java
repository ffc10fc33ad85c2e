package dev.sallyport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port on the loopback address whose connections are served on a thread each, until they have been served or either side closes
 * them. What a test's provider does with their bytes is its own.
 */
public final class SocketServer implements AutoCloseable {
    /** The name of its threads. */
    public static final String THREAD = "socket-server";

    private static final int BACKLOG = 200;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, THREAD));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Serving serving;
    private final int port;
    private volatile ServerSocket server;

    /** What is done with a connection. That it breaks is no failure: most tests are about that. */
    @FunctionalInterface
    public interface Serving {
        /** Returns when it is served. */
        void serve(Socket socket) throws IOException;
    }

    /** Listens from now on. */
    public SocketServer(Serving serving) throws IOException {
        this.serving = serving;
        this.server = listening(0);
        this.port = server.getLocalPort();
        threads.execute(this::accept);
    }

    private static ServerSocket listening(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return socket;
    }

    public int port() {
        return port;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    /** Connections made so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections that neither side has closed. */
    public int open() {
        return open.size();
    }

    /** Closes all connections. */
    public void hangUp() throws IOException {
        for (Socket each : open) {
            each.close();
        }
    }

    /** Takes no connections until it listens again. */
    public void refuse() throws IOException {
        server.close();
        Waiting.until(
                "no connection is accepted", this::isRefused); // a thread that accepts keeps the port for a moment
    }

    /** Takes connections again, on the same port. */
    public void listen() throws IOException {
        if (server.isClosed()) {
            server = listening(port);
            threads.execute(this::accept);
        }
    }

    private boolean isRefused() throws IOException {
        try (Socket taken = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !taken.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }

    private void accept() {
        ServerSocket listening = server;
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            serving.serve(socket);
        } catch (IOException gone) {
            // Either side has closed it.
        } finally {
            open.remove(socket);
        }
    }

    /** The next head, one character for each byte, with the empty line; empty if the connection ends before it is whole. */
    public static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The body that a head announces the length of. */
    public static String body(String head, InputStream in) throws IOException {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : "";
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
        threads.shutdownNow();
    }
}

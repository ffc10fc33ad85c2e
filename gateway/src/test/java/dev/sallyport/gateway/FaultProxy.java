package dev.sallyport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a gateway and a provider and does to connections what a {@link ProviderFault} says. Knows as much of HTTP as
 * it takes to tell one request from the next. Keys pass, whatever the fault.
 */
final class FaultProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final String KEYS = "/jwks/";
    /** The name of its threads. */
    static final String THREAD = "fault-proxy";

    private final URI provider;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, THREAD));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reached = new AtomicInteger();
    private volatile ServerSocket server;
    private volatile ProviderFault fault = ProviderFault.NONE;
    private volatile CountDownLatch over = new CountDownLatch(1);

    FaultProxy(String provider) throws IOException {
        this.provider = URI.create(provider);
        this.server = listening(0);
        this.port = server.getLocalPort();
        threads.execute(this::accept);
    }

    private static ServerSocket listening(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return socket;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    /** From the next connection or request on. Ends what the fault before holds up, and all connections. */
    void becomes(ProviderFault next) throws IOException {
        over.countDown();
        over = new CountDownLatch(1);
        fault = next;
        reached.set(0);
        if (next.refuses()) {
            server.close();
            Waiting.until(
                    "no connection is accepted", this::isRefused); // a thread that accepts keeps the port for a moment
        } else if (server.isClosed()) {
            server = listening(port);
            threads.execute(this::accept);
        }
        for (Socket each : open) {
            each.close();
        }
    }

    private boolean isRefused() throws IOException {
        try (Socket accepted = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !accepted.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }

    /** Requests that the provider got since the fault began, keys aside: each may have had its effect. */
    int reached() {
        return reached.get();
    }

    private void accept() {
        ServerSocket listening = server;
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
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
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                var relay = new Relay(socket, in, head);
                if (head.contains(KEYS)) {
                    relay.pass();
                } else {
                    fault.serve(relay);
                }
            }
        } catch (IOException gone) {
            // Either side has closed the connection: that is what a fault is about.
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
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

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
        for (Socket each : open) {
            each.close();
        }
        threads.shutdownNow();
    }

    /** One request, whose head has come, and what may be done about it. */
    final class Relay {
        private final Socket gateway;
        private final InputStream in;
        private final String head;

        private Relay(Socket gateway, InputStream in, String head) {
            this.gateway = gateway;
            this.in = in;
            this.head = head;
        }

        /** Has the provider answer, and hands the reply on. */
        void pass() throws IOException {
            write(reply());
        }

        /** Has the provider answer; the whole reply, one character for each byte. */
        String reply() throws IOException {
            String request = head.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n") + body();
            if (!head.contains(KEYS)) {
                reached.incrementAndGet();
            }
            try (Socket socket = new Socket(provider.getHost(), provider.getPort())) {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                var bytes = new ByteArrayOutputStream();
                socket.getInputStream().transferTo(bytes);
                return bytes.toString(ISO_8859_1).replaceFirst("(?i)\r\nconnection: close\r\n", "\r\n");
            }
        }

        private String body() throws IOException {
            Matcher length = LENGTH.matcher(head);
            return length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : "";
        }

        void write(String bytes) throws IOException {
            gateway.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        }

        /** Writes again and again until the gateway has enough. */
        void writeForEver(String bytes) throws IOException {
            while (over.getCount() > 0) {
                write(bytes);
            }
        }

        void end() throws IOException {
            gateway.close();
        }

        void endOutput() throws IOException {
            gateway.shutdownOutput();
        }

        void reset() throws IOException {
            gateway.setSoLinger(true, 0);
            gateway.close();
        }

        /** Does nothing for this long, or until the fault is over. */
        boolean idle(long millis) throws IOException {
            try {
                return !over.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException(stopped);
            }
        }

        /** Says nothing more while the fault lasts. */
        void hang() throws IOException {
            while (idle(60_000)) {
                // Still.
            }
        }
    }
}

package dev.sallyport.gateway;

import static dev.sallyport.gateway.SocketServer.body;
import static dev.sallyport.gateway.SocketServer.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a gateway and a provider and does to connections what a {@link ProviderFault} says. Knows as much of HTTP as
 * it takes to tell one request from the next. Keys pass, whatever the fault.
 */
final class FaultProxy implements AutoCloseable {
    private static final String KEYS = "/jwks/";

    private final URI provider;
    private final SocketServer server;
    private final AtomicInteger reached = new AtomicInteger();
    private volatile ProviderFault fault = ProviderFault.NONE;
    private volatile CountDownLatch over = new CountDownLatch(1);

    FaultProxy(String provider) throws IOException {
        this.provider = URI.create(provider);
        this.server = new SocketServer(this::serve);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    /** From the next connection or request on. Ends what the fault before holds up, and all connections. */
    void becomes(ProviderFault next) throws IOException {
        over.countDown();
        over = new CountDownLatch(1);
        fault = next;
        reached.set(0);
        if (next.refuses()) {
            server.refuse();
        } else {
            server.listen();
        }
        server.hangUp();
    }

    /** Requests that the provider got since the fault began, keys aside: each may have had its effect. */
    int reached() {
        return reached.get();
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String head = head(in); !head.isEmpty(); head = head(in)) {
            var relay = new Relay(socket, in, head);
            if (head.contains(KEYS)) {
                relay.pass();
            } else {
                fault.serve(relay);
            }
        }
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
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
            String request = head.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n") + body(head, in);
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

package dev.sallyport.gateway.trace;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector that takes connections and says nothing. */
final class Stalled implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    Stalled() throws IOException {
        var thread = new Thread(this::accept, "stalled-collector");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                connections.add(server.accept());
            }
        } catch (IOException closed) {
            return;
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/traces");
    }

    void awaitAsked() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !connections.isEmpty());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}

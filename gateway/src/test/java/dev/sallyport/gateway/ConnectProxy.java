package dev.sallyport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that makes tunnels ({@code CONNECT}), or answers as it is told to. Every name leads to this machine, as only a proxy knows
 * it.
 */
public final class ConnectProxy implements AutoCloseable {
    private static final String GRANTED = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final SocketServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile String answer = GRANTED;

    public ConnectProxy() throws IOException {
        this.server = new SocketServer(this::serve);
    }

    /** From now on answers with these bytes, and makes no tunnel unless they are a 200 alone; without any it says nothing. */
    public void answers(String bytes) {
        answer = bytes;
    }

    /** From now on makes tunnels. */
    public void grants() {
        answer = GRANTED;
    }

    public String url() {
        return server.baseUrl();
    }

    /** Closes all tunnels. */
    public void hangUp() throws IOException {
        server.hangUp();
    }

    /** Connections that neither side has closed. */
    public int open() {
        return server.open();
    }

    /** The heads of all requests so far. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** Where tunnels were asked for, such as {@code provider.invalid:443}. */
    public List<String> targets() {
        return heads.stream().map(head -> head.split(" ", 3)[1]).toList();
    }

    private void serve(Socket caller) throws IOException {
        String head = SocketServer.head(caller.getInputStream());
        if (head.isEmpty()) {
            return;
        }
        heads.add(head);
        String now = answer;
        caller.getOutputStream().write(now.getBytes(ISO_8859_1));
        if (now.equals(GRANTED)) {
            tunnel(caller, Integer.parseInt(head.split(" ", 3)[1].replaceFirst(".*:", "")));
        } else {
            caller.getInputStream().readAllBytes(); // until the caller hangs up
        }
    }

    private void tunnel(Socket caller, int port) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> pass(target, caller));
            pass(caller, target);
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // either side has closed it
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

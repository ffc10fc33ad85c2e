package dev.sallyport.gateway;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A balancer that knows nothing of HTTP but the readiness that it asks its nodes for: each connection goes to the next node that
 * was ready when last asked and takes it, and stays there. Passes on bytes, ends of a side and resets.
 */
final class TcpBalancer implements AutoCloseable {
    private static final int ASK_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 2000;

    private final List<Node> nodes;
    private final Map<Node, Boolean> ready = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final ServerSocket front = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ScheduledExecutorService asking = Executors.newScheduledThreadPool(2, TcpBalancer::daemon);
    private final ExecutorService pumping = Executors.newCachedThreadPool(TcpBalancer::daemon);

    /** Where a node serves, and where it says whether it is ready. */
    record Node(int port, int managementPort) {}

    TcpBalancer(Node... nodes) throws IOException {
        this.nodes = List.of(nodes);
        for (Node node : nodes) {
            var unused = asking.scheduleWithFixedDelay(() -> ask(node), 0, ASK_MILLIS, TimeUnit.MILLISECONDS);
        }
        pumping.execute(this::accept);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "balancer");
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return front.getLocalPort();
    }

    boolean isReady(Node node) {
        return ready.getOrDefault(node, false);
    }

    /** Who does not answer in time is as ready as before: this machine may be busy. */
    private void ask(Node node) {
        try {
            URI readiness = URI.create("http://127.0.0.1:" + node.managementPort() + "/actuator/health/readiness");
            var asked = (HttpURLConnection) readiness.toURL().openConnection();
            asked.setConnectTimeout(PATIENCE_MILLIS);
            asked.setReadTimeout(PATIENCE_MILLIS);
            ready.put(node, asked.getResponseCode() == 200);
        } catch (SocketTimeoutException busy) {
            ready.putIfAbsent(node, false);
        } catch (IOException gone) {
            ready.put(node, false);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = front.accept();
                pumping.execute(() -> connect(caller));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void connect(Socket caller) {
        @Nullable Socket node = taken();
        if (node == null) {
            turnedAway.incrementAndGet();
            reset(caller);
        } else {
            pumping.execute(() -> pump(node, caller));
            pump(caller, node);
        }
    }

    private @Nullable Socket taken() {
        for (int tried = 0; tried < nodes.size(); tried++) {
            Node node = nodes.get(Math.floorMod(next.getAndIncrement(), nodes.size()));
            if (isReady(node)) {
                try {
                    return new Socket(InetAddress.getLoopbackAddress(), node.port());
                } catch (IOException refused) {
                    ready.put(node, false);
                }
            }
        }
        return null;
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                from.close();
                to.close();
            }
        } catch (IOException reset) {
            reset(from);
            reset(to);
        }
    }

    /** How many connections came when no node was ready. */
    int turnedAway() {
        return turnedAway.get();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // it is gone already
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        asking.shutdownNow();
        pumping.shutdownNow();
    }
}

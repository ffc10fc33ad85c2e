package dev.sallyport.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stands in front of a server, and lets its answers through at once or late. */
public final class DelayingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private volatile Duration delay = Duration.ZERO;

    private DelayingProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** A proxy on a free port. */
    public static DelayingProxy to(int target) {
        try {
            var proxy = new DelayingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            new Thread(proxy::accept, "delaying-proxy").start();
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on answers come so late. */
    public void delay(Duration late) {
        delay = late;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException closed) {
                // ends, or goes on with the next
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException down) {
            client.close();
            return;
        }
        open.add(client);
        open.add(server);
        new Thread(() -> pass(client, server, false), "delaying-proxy-asks").start();
        new Thread(() -> pass(server, client, true), "delaying-proxy-answers").start();
    }

    /** In order, whatever timer ends first: what comes after a delay was ended does not overtake what came before. */
    private void pass(Socket from, Socket to, boolean late) {
        byte[] buffer = new byte[65536];
        Queue<byte[]> parts = new ConcurrentLinkedQueue<>();
        long due = System.nanoTime();
        try {
            int length = from.getInputStream().read(buffer);
            while (length >= 0) {
                parts.add(Arrays.copyOf(buffer, length));
                long now = System.nanoTime();
                due = Math.max(due, now + (late ? delay.toNanos() : 0));
                var unused = timers.schedule(
                        () -> write(Objects.requireNonNull(parts.poll()), to), due - now, TimeUnit.NANOSECONDS);
                length = from.getInputStream().read(buffer);
            }
        } catch (IOException | RejectedExecutionException ended) {
            // as when the other side ends
        }
        close(from);
        close(to);
    }

    private void write(byte[] part, Socket to) {
        try {
            to.getOutputStream().write(part);
        } catch (IOException gone) {
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(this::close);
        timers.shutdownNow();
    }
}

package dev.sallyport.gateway.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Accepts one connection, listens, and never answers. */
final class Silent implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private volatile int heard;
    private volatile boolean hungUp;

    Silent() throws IOException {
        new Thread(this::listen).start();
    }

    int port() {
        return server.getLocalPort();
    }

    int heard() {
        return heard;
    }

    boolean isHungUp() {
        return hungUp;
    }

    private void listen() {
        try (Socket socket = server.accept()) {
            byte[] some = new byte[1000];
            for (int read = socket.getInputStream().read(some);
                    read >= 0;
                    read = socket.getInputStream().read(some)) {
                heard = new String(some, 0, read, ISO_8859_1).length();
            }
            hungUp = true;
        } catch (IOException gone) {
            hungUp = true;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

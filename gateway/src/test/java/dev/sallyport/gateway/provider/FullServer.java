package dev.sallyport.gateway.provider;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server that the system takes no more connections for, since it accepts none. */
record FullServer(ServerSocket busy, List<Socket> taken) implements AutoCloseable {
    private static final int MOST = 8;
    private static final int TIMEOUT_MILLIS = 100;

    /** Connects until no more connections are taken. */
    static FullServer of(ServerSocket busy) throws IOException {
        List<Socket> taken = new ArrayList<>();
        while (taken.size() < MOST) {
            var socket = new Socket();
            taken.add(socket);
            try {
                socket.connect(busy.getLocalSocketAddress(), TIMEOUT_MILLIS);
            } catch (SocketTimeoutException full) {
                return new FullServer(busy, taken);
            }
        }
        throw new AssertionError("a server with a backlog of one takes ever more connections");
    }

    int port() {
        return busy.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : taken) {
            socket.close();
        }
    }
}

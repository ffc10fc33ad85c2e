package dev.sallyport.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** A connection without an HTTP client on it, to see what really comes over the wire. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** Connects and sends an exchange that asks for the fault. */
    static RawConnection asking(Sandbox sandbox, String fault) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String body = Client.goodExchange().toString();
        String head = "POST " + Client.EXCHANGE + " HTTP/1.1\r\nHost: sandbox\r\nAuthorization: "
                + Fixtures.b2bAuthorization() + "\r\nContent-Type: application/json\r\nX-Sandbox-Fault: " + fault
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(US_ASCII));
        return new RawConnection(socket);
    }

    /** Returns whatever comes first. */
    String firstBytes() throws IOException {
        byte[] buffer = new byte[64 << 10];
        int count = socket.getInputStream().read(buffer);
        return new String(Arrays.copyOf(buffer, Math.max(count, 0)), US_ASCII);
    }

    /** Returns everything until the other side closes. */
    String everything() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    /** Waits no longer than that for anything to come. */
    RawConnection impatient(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

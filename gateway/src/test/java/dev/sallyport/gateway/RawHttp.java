package dev.sallyport.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A plain connection on which anything may be sent. Waits for answers for a minute at most; never sleeps. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int END = -1;
    private static final int SMALL_WINDOW = 4096;

    private final Socket socket;
    private final InputStream in;
    private int pushedBack;
    private boolean hasPushedBack;

    RawHttp(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** From an address of this machine's. */
    static RawHttp from(InetAddress address, int port) throws IOException {
        return new RawHttp(new Socket(InetAddress.getLoopbackAddress(), port, address, 0));
    }

    /** Reads slowly: hardly anything fits into the network's buffer on its way to it. */
    static RawHttp slow(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawHttp(socket);
    }

    /** On a connection that is open. */
    RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /**
     * What came back.
     *
     * @param status zero if the connection was closed without an answer
     * @param headers names in any case; of several lines with one name the last
     */
    record Answer(int status, Map<String, String> headers, String body) {
        static final Answer NONE = new Answer(0, Map.of(), "");

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A request's head, up to and with the empty line. */
    static String head(String line, String... fields) {
        return line + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    }

    /** Writes one byte for each character. That the other side has closed shows when reading. */
    void send(String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException closed) {
            // Read on: an answer may have come before.
        }
    }

    void sendNoMore() throws IOException {
        socket.shutdownOutput();
    }

    /** The next whole answer. */
    Answer read() throws IOException {
        Answer head = readHead();
        if (head.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            throw new IOException("a chunked answer was not expected");
        }
        String length = head.header("content-length");
        String body = length.isEmpty() ? "" : bytes(Integer.parseInt(length));
        return new Answer(head.status(), head.headers(), body);
    }

    /** The next answer without its body: all there is to the answer to HEAD, or to an interim one. */
    Answer readHead() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            return Answer.NONE;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            headers.put(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(line.split(" ", -1)[1]), headers, "");
    }

    /** Leaves with a reset: what is under way in either direction is lost. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** All that comes until the connection ends. */
    String rest() throws IOException {
        var rest = new StringBuilder();
        for (int c = next(); c != END; c = next()) {
            rest.append((char) c);
        }
        return rest.toString();
    }

    /** Whether the server closes the connection now, without another byte. */
    boolean isClosed() throws IOException {
        return next() == END;
    }

    /** Whether there is something to read, or the end, within this time. */
    boolean hasNews(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            pushedBack = next();
            hasPushedBack = true;
            return true;
        } catch (SocketTimeoutException quiet) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = next(); c != '\n' && c != END; c = next()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private String bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the answer was cut short: " + bytes.length + " bytes of " + length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int next() throws IOException {
        if (hasPushedBack) {
            hasPushedBack = false;
            return pushedBack;
        }
        try {
            return in.read();
        } catch (SocketException reset) {
            return END;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

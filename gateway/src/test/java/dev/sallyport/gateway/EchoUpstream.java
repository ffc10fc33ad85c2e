package dev.sallyport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that knows no HTTP but where a request ends, and notes the bytes of what it was asked as they came: no library between
 * has made them better. Its answers are what a test says, by the path that is asked.
 */
final class EchoUpstream implements AutoCloseable {
    static final String REPLY = "{\"status_code\":200,\"request_id\":\"request-1\"}";

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();

    EchoUpstream() throws IOException {
        connections.execute(this::accept);
    }

    /**
     * One request.
     *
     * @param line the request line
     * @param fields names in any case; of several lines with one name the last
     */
    record Asked(String line, Map<String, String> fields, String body) {
        String method() {
            return line.split(" ", -1)[0];
        }

        String target() {
            return line.split(" ", -1)[1];
        }

        /** Empty if it is not there. */
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** A whole answer in JSON. */
    static String answer(String status, String body, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + more + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** What a target is answered from now on, byte for byte; nothing, and the connection ends. */
    void answers(String target, String bytes) {
        answers.put(target, bytes);
    }

    /** All that was asked since this was last called, but for the keys, which the gateway fetches for itself. */
    List<Asked> taken() {
        List<Asked> taken = asked.stream()
                .filter(each -> !each.field("user-agent").equals("sallyport"))
                .toList();
        asked.clear();
        return taken;
    }

    /** Connections that were made to it so far. */
    int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                connections.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Asked request = request(head, in);
                asked.add(request);
                String answer = answers.getOrDefault(request.target(), answer("200 OK", REPLY));
                if (answer.isEmpty()) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        } catch (IOException gone) {
            // The gateway closed the connection.
        } finally {
            open.remove(socket);
        }
    }

    private static Asked request(String head, InputStream in) throws IOException {
        String[] lines = head.split("\r\n", -1);
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int at = 1; at < lines.length && !lines[at].isEmpty(); at++) {
            int colon = lines[at].indexOf(':');
            fields.put(
                    lines[at].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[at].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        return new Asked(lines[0], fields, new String(in.readNBytes(length), ISO_8859_1));
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
        server.close();
        for (Socket each : open) {
            each.close();
        }
        connections.shutdownNow();
    }
}

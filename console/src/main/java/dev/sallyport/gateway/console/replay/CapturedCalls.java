package dev.sallyport.gateway.console.replay;

import dev.sallyport.call.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The latest calls of a capture file: as many as stand in its last megabyte. Blocks. */
final class CapturedCalls {
    private static final int TAIL = 1 << 20;
    private static final int MOST = 50;
    private static final int KEY = 16;
    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<Path> file;

    CapturedCalls(Optional<String> file) {
        this.file = file.map(Path::of);
    }

    /**
     * A call.
     *
     * @param key by which it is found again
     * @param label when it came, and what became of it
     */
    record Captured(String key, String label) {}

    boolean isOn() {
        return file.isPresent();
    }

    /** Those of an operation, the latest first; none if the file cannot be read. */
    List<Captured> latest(String operation) {
        List<Captured> calls = new ArrayList<>();
        for (String line : lines()) {
            tree(line)
                    .filter(call -> call.path("operation").asString("").equals(operation))
                    .ifPresent(call -> calls.add(new Captured(key(line), label(call))));
        }
        Collections.reverse(calls);
        return calls.subList(0, Math.min(MOST, calls.size()));
    }

    /** The first line of the tail may begin in its middle, and the last may not be complete. */
    private static Optional<JsonNode> tree(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private static String label(JsonNode call) {
        String reason = call.path("reason").asString("none");
        return call.path("time").asString("") + " " + call.path("outcome").asString("")
                + (reason.equals("none") ? "" : " " + reason);
    }

    /** The line of a call; empty if it is not in the tail any more. */
    Optional<String> line(String key) {
        return lines().stream().filter(line -> key(line).equals(key)).findFirst();
    }

    private static String key(String line) {
        byte[] digest = Digests.sha256().digest(line.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, KEY);
    }

    private List<String> lines() {
        if (file.isEmpty()) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate((int) Math.min(TAIL, channel.size()));
            long from = channel.size() - bytes.capacity();
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes, from + bytes.position());
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}

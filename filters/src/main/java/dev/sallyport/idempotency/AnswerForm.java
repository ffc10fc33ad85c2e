package dev.sallyport.idempotency;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.enforcement.ReplyReading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How an answer is written for a store: status, the header fields that say what the body is, and the body. */
final class AnswerForm {
    private static final int VERSION = 1;
    private static final int ROOM_FOR_HEAD = 128;

    private AnswerForm() {}

    /** @param names of the fields that are kept */
    static byte[] written(Answer answer, Set<String> names) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : new TreeSet<>(names)) {
            @Nullable String value = answer.headers().first(name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        var bytes = new ByteArrayOutputStream(answer.body().length + ROOM_FOR_HEAD);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeShort(answer.status());
            out.writeShort(fields.size());
            for (Map.Entry<String, String> field : fields.entrySet()) {
                write(out, field.getKey());
                write(out, field.getValue());
            }
            out.write(answer.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Null if it was written by a version that writes in another form. */
    static @Nullable Answer read(byte[] written, ReplyReading reading) {
        try (var in = new DataInputStream(new ByteArrayInputStream(written))) {
            if (in.readUnsignedByte() != VERSION) {
                return null;
            }
            int status = in.readUnsignedShort();
            Map<String, String> fields = new LinkedHashMap<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                fields.put(text(in), text(in));
            }
            return reading.read(status, Headers.of(fields), in.readAllBytes(), Timing.NONE);
        } catch (IOException cutShort) {
            return null;
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}

package dev.sallyport.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** Adds one string member to the end of a JSON object without rewriting the rest. A pure function of bytes. */
public final class MemberInjection {
    private final byte[] name;

    /**
     * An injection under a fixed name.
     *
     * @param name the member's name, unescaped
     */
    public MemberInjection(String name) {
        this.name = ("\"" + escaped(name) + "\":\"").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The object with the member added.
     *
     * @param object strict JSON, an object without a member of this name; not changed
     */
    public byte[] into(byte[] object, String value) {
        int brace = lastIndexOf(object, '}', object.length);
        byte[] text = escaped(value).getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(object.length + name.length + text.length + 2);
        out.write(object, 0, brace);
        if (!isEmptyBefore(object, brace)) {
            out.write(',');
        }
        out.writeBytes(name);
        out.writeBytes(text);
        out.write('"');
        out.write(object, brace, object.length - brace);
        return out.toByteArray();
    }

    private static boolean isEmptyBefore(byte[] object, int brace) {
        int index = brace - 1;
        while (object[index] == ' ' || object[index] == '\n' || object[index] == '\r' || object[index] == '\t') {
            index--;
        }
        return object[index] == '{';
    }

    private static int lastIndexOf(byte[] bytes, char wanted, int end) {
        int index = end - 1;
        while (bytes[index] != wanted) {
            index--;
        }
        return index;
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }
}

package dev.sallyport.contract.schema;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** What {@link Change} puts into documents. What a tree cannot say, two members of one name say, is put in as raw text. */
final class Oddities {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** At a bound of ours, of an integer type, or spelled unusually; a double carries each of them, or what matters of it. */
    static final List<String> EDGES = List.of(
            "0",
            "-0",
            "-0.0",
            "1",
            "-1",
            "4",
            "5",
            "5.0",
            "5e0",
            "0.5e1",
            "50E-1",
            "4.5",
            "4.999999",
            "5.000001",
            "200",
            "2e2",
            "100",
            "599",
            "600",
            "527039",
            "527040",
            "527040.0",
            "52704e1",
            "527041",
            "527040.5",
            "1e2",
            "1E+2",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967296",
            "9007199254740991",
            "9223372036854775807",
            "9223372036854775808",
            "1e18",
            "1e30",
            "1e300",
            "-1e300",
            "0.1",
            "1e-7",
            "253402300800");
    /** Not whole, out of bounds or not zero by less than a double holds, or more than one holds. */
    static final List<String> ROUNDED = List.of(
            "5.00000000000000000001",
            "4.99999999999999999999",
            "527040.00000000000001",
            "200.00000000000000000001",
            "1e-400",
            "1e400",
            "-1e400",
            "9007199254740993.5",
            "0.99999999999999999999");

    static final List<String> LONG = List.of(
            "1".repeat(99),
            "1".repeat(100),
            "1".repeat(101),
            "1".repeat(300),
            "0." + "3".repeat(97),
            "5." + "0".repeat(120));
    static final List<String> ABSURD = List.of("1e99999999999", "-1e99999999999", "1e-99999999999", "5e2147483648");

    private static final List<String> NAMES = List.of(
            "unknown",
            "",
            "__proto__",
            "constructor",
            "toString",
            "hasOwnProperty",
            "length",
            "$ref",
            "a/b",
            "~",
            "\u0000");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\u0301",
            "\u200b",
            "\ufeff",
            "\u2028",
            "\uffff",
            "\ud83d\ude00",
            "e\u0301",
            "\u00e9",
            "\u202eabc",
            "ﬁ",
            "İ",
            "\ud83d\udc69\u200d\ud83d\udcbb",
            "\udbff\udfff",
            "true",
            "null",
            "5",
            "{}",
            "\t\r\n",
            "\"\\/");
    private static final int[] LENGTHS = {1, 2, 127, 128, 129, 254, 255, 256, 257, 1000, 4096, 4097, 20_000};

    private Oddities() {}

    static JsonNode raw(List<String> texts, Random random) {
        return raw(texts.get(random.nextInt(texts.size())));
    }

    private static JsonNode raw(String text) {
        return NODES.rawValueNode(new RawValue(text));
    }

    static JsonNode empty(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> NODES.objectNode();
            case ARRAY -> NODES.arrayNode();
            case NUMBER -> NODES.numberNode(0);
            case BOOLEAN -> NODES.booleanNode(false);
            default -> NODES.stringNode("");
        };
    }

    static JsonNode ofAnotherType(JsonNode value, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> NODES.booleanNode(random.nextBoolean());
            case 1 -> NODES.numberNode(random.nextInt(1000));
            case 2 -> NODES.numberNode(new BigDecimal("1.5"));
            case 3 -> value.isString() ? NODES.numberNode(5) : NODES.stringNode(written(value));
            case 4 -> NODES.arrayNode();
            case 5 -> NODES.objectNode();
            case 6 -> NODES.arrayNode().add(value);
            case 7 -> NODES.objectNode().set("value", value);
            default -> NODES.arrayNode().add(value).add(value).addNull();
        };
    }

    static JsonNode withOneRenamed(JsonNode value, Random random) {
        var object = (ObjectNode) value;
        if (object.isEmpty()) {
            return object;
        }
        String name = anyName(object, random);
        JsonNode member = object.remove(name);
        return object.set(renamed(name, random), member);
    }

    private static String renamed(String name, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> name + " ";
            case 1 -> name.toUpperCase(java.util.Locale.ROOT);
            case 2 -> name.replace("_", "");
            case 3 -> name.replace('e', '\u0435'); // Cyrillic
            default -> name + "\u200b";
        };
    }

    static JsonNode withOneMore(JsonNode value, Random random) {
        return ((ObjectNode) value).set(NAMES.get(random.nextInt(NAMES.size())), text(value, random));
    }

    static JsonNode withOneTwice(JsonNode value, Random random) {
        var object = (ObjectNode) value;
        if (object.isEmpty()) {
            return object;
        }
        String name = anyName(object, random);
        String spelled = random.nextBoolean() ? written(NODES.stringNode(name)) : escaped(name);
        String second = random.nextBoolean() ? written(object.get(name)) : "null";
        String all = written(object);
        return raw(all.substring(0, all.length() - 1) + "," + spelled + ":" + second + "}");
    }

    static JsonNode withOneEscaped(JsonNode value, Random random) {
        var object = (ObjectNode) value;
        if (object.isEmpty()) {
            return object;
        }
        String name = anyName(object, random);
        String member = escaped(name) + ":" + written(object.remove(name));
        String rest = written(object);
        return raw("{" + member + (object.isEmpty() ? "" : ",") + rest.substring(1));
    }

    static JsonNode longer(JsonNode value, Random random) {
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        String filling = random.nextBoolean() ? "x" : "\ud83d\ude00";
        return NODES.stringNode(filling.repeat(length));
    }

    /** Around the 32 levels that are allowed by default. */
    static JsonNode deeper(JsonNode value, Random random) {
        JsonNode deep = value;
        for (int left = 1 + random.nextInt(random.nextBoolean() ? 36 : 120); left > 0; left--) {
            deep = random.nextBoolean()
                    ? NODES.arrayNode().add(deep)
                    : NODES.objectNode().set("in", deep);
        }
        return deep;
    }

    static JsonNode text(JsonNode value, Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return NODES.stringNode(value.isString() && random.nextBoolean() ? value.asString() + text : text);
    }

    static JsonNode halfCharacter(JsonNode value, Random random) {
        List<String> halves = List.of("\\ud800", "\\udc00", "\\uDBFFx", "\\ude00\\ud83d", "\\ud83d\\ude00");
        return raw("\"a" + halves.get(random.nextInt(halves.size())) + "\"");
    }

    /** Cut short, lengthened, or with one byte that is another. */
    static byte[] otherBytes(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> with(body, at, body[at] ^ 1 << random.nextInt(8));
            case 2 -> with(body, at, random.nextInt(256));
            case 3 -> joined("\ufeff".getBytes(StandardCharsets.UTF_8), body);
            case 4 -> joined(body, " \t\r\n".getBytes(StandardCharsets.UTF_8));
            default -> joined(body, new byte[] {(byte) "{}],x/\0".charAt(random.nextInt(7))});
        };
    }

    private static byte[] with(byte[] body, int at, int other) {
        byte[] changed = body.clone();
        changed[at] = (byte) other;
        return changed;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String anyName(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>(object.propertyNames());
        return names.get(random.nextInt(names.size()));
    }

    private static String escaped(String name) {
        var text = new StringBuilder("\"");
        name.chars().forEach(unit -> text.append(String.format("\\u%04x", unit)));
        return text.append('"').toString();
    }

    private static String written(JsonNode node) {
        return JsonMapper.shared().writeValueAsString(node);
    }
}

package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.schema.PackDocuments.Made;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.Pointers;
import dev.sallyport.json.StrictJson;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The walk over bytes and the walk over tokens, on documents of the built-in pack and on what is like them. */
final class ByteWalkOnPackTest {
    private static final int PICKED_DEPTH = 3;
    private static final StrictJson JSON = new StrictJson(32);

    private final PackFiles files = PackFiles.of("stytch");
    private final List<PackSchema> schemas = PackSchema.of(files, PackCompiler.load(files, JSON));
    private final SchemaCompiler compiler = new SchemaCompiler(new SchemaFiles(files), JSON);
    private final Map<String, Picking> checks = new HashMap<>();
    private final BothWalks both = new BothWalks();

    /** A check, and the fields that it picks: all that the accepted examples show. */
    private record Picking(OnePassCheck check, FieldList fields) {}

    private Picking of(PackSchema schema) {
        return checks.computeIfAbsent(schema.file(), file -> {
            var fields = new FieldList();
            schema.accepted().forEach(document -> pick(document, "", PICKED_DEPTH, fields));
            OnePassCheck check = (OnePassCheck) compiler.compile(file, fields);
            return new Picking(file.contains("claims") ? check : check.withExactNames(), fields);
        });
    }

    private static void pick(JsonNode node, String pointer, int depth, FieldList fields) {
        fields.slot(pointer);
        if (depth > 0) {
            node.propertyNames()
                    .forEach(name -> pick(node.get(name), pointer + "/" + Pointers.escaped(name), depth - 1, fields));
        }
    }

    @Test
    void every_accepted_example_is_in_order_at_once() {
        for (PackSchema schema : schemas) {
            for (JsonNode accepted : schema.accepted()) {
                read(schema, JsonMapper.shared().writeValueAsBytes(accepted));
                read(schema, accepted.toPrettyString().getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(both.inOrder()).isPositive();
        assertThat(both.leftToTokens() + both.wrong()).isZero();
    }

    @Test
    void documents_that_nearly_fit_are_read_alike() {
        int all = Integer.getInteger("pack.documents", 20_000);
        var documents = new PackDocuments(schemas, Long.getLong("pack.seed", 1));

        for (int number = 0; number < all; number++) {
            Made made = documents.number(number);
            read(made.schema(), made.body());
        }

        assertThat(both.inOrder()).isGreaterThan(all / 4);
        assertThat(both.wrong()).isGreaterThan(all / 8);
        assertThat(both.leftToTokens()).isLessThan(all / 10); // escaped names and exponents are among the changes
    }

    @Test
    void documents_with_some_bytes_changed_are_read_alike() {
        Laws.holds(20_000, draw -> {
            PackSchema schema = schemas.get(draw.between(0, schemas.size() - 1));
            JsonNode accepted =
                    schema.accepted().get(draw.between(0, schema.accepted().size() - 1));
            byte[] body = JsonMapper.shared().writeValueAsBytes(accepted);
            for (int left = draw.between(1, 3); left > 0; left--) {
                body = changed(body, draw);
            }
            read(schema, body);
        });
    }

    private static byte[] changed(byte[] body, Draws draw) {
        int from = draw.between(0, body.length);
        int to = Math.min(body.length, from + draw.between(0, draw.percent(80) ? 1 : 40));
        byte[] between = draw.of(
                new byte[0],
                draw.bytes(4),
                json(draw.of(
                        "'",
                        ",",
                        ":",
                        "{",
                        "}",
                        "[",
                        "]",
                        "\\",
                        "\\u0041",
                        "\\n",
                        "\\ud83d\\ude00",
                        "\\ud83d",
                        " ",
                        "\t",
                        "\n",
                        "0",
                        "-",
                        ".5",
                        "e1",
                        "1e400",
                        "true",
                        "null",
                        "\u00e9",
                        "\ud83d\ude00",
                        "\0",
                        "\u001f",
                        "\u007f",
                        "'a':1,",
                        ",'a':{}",
                        "[]",
                        "{}")),
                Arrays.copyOfRange(body, Math.max(0, from - draw.between(0, 60)), from));
        var changed = new ByteArrayOutputStream();
        changed.write(body, 0, from);
        changed.writeBytes(between);
        changed.write(body, to, body.length - to);
        return changed.toByteArray();
    }

    private void read(PackSchema schema, byte[] body) {
        Picking picking = of(schema);
        both.read(picking.check(), picking.fields(), body);
    }
}

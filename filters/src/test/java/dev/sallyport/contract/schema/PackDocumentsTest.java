package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.schema.PackDocuments.Made;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway and the library give one verdict on documents of the built-in pack. {@link SecondOpinion} asks a validator that
 * shares nothing with either.
 */
final class PackDocumentsTest {
    private static final int DOCUMENTS = Integer.getInteger("pack.documents", 100_000);
    /** A name in another case is a house rule's matter; no schema says it. */
    private static final String HOUSE_RULE = "case";

    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final PackFiles files = PackFiles.of("stytch");
    private final List<PackSchema> schemas = PackSchema.of(files, PackCompiler.load(files, new StrictJson(32)));
    private final PackDocuments documents = new PackDocuments(schemas, Long.getLong("pack.seed", 1));

    /** What the gateway does not read is not asked about, nor are numbers that the library's trees cannot hold. */
    @Test
    void gateway_and_library_give_one_verdict_on_documents_that_nearly_fit() {
        Map<String, Schema> libraries = libraries();
        int accepted = 0;
        int refused = 0;
        int notCompared = 0;

        for (int number = 0; number < DOCUMENTS; number++) {
            Made made = documents.number(number);
            if (made.changes().contains(Change.ABSURD_NUMBER)
                    || !(made.schema().ours().apply(made.body()) instanceof Document document)) {
                notCompared++;
                continue;
            }
            boolean ours = document.violations().stream()
                    .allMatch(violation -> violation.keyword().equals(HOUSE_RULE));
            boolean library = Objects.requireNonNull(libraries.get(made.schema().file()))
                    .validate(TREES.readTree(made.body()))
                    .isEmpty();
            if (ours != library) {
                assertThat(ours)
                        .as(
                                "%s against %s",
                                new String(made.body(), StandardCharsets.UTF_8),
                                made.schema().file())
                        .isEqualTo(library);
            }
            accepted += ours ? 1 : 0;
            refused += ours ? 0 : 1;
        }

        assertThat(accepted).isGreaterThan(DOCUMENTS / 4);
        assertThat(refused).isGreaterThan(DOCUMENTS / 8);
        assertThat(notCompared).isGreaterThan(DOCUMENTS / 20);
    }

    private Map<String, Schema> libraries() {
        var schemaFiles = new SchemaFiles(files);
        Map<String, Schema> libraries = new HashMap<>();
        schemas.forEach(schema -> libraries.computeIfAbsent(schema.file(), schemaFiles::library));
        return libraries;
    }

    @Test
    void every_body_of_the_pack_and_every_kind_of_change_is_among_them() {
        Set<Change> changes = EnumSet.noneOf(Change.class);
        Map<String, Integer> files = new HashMap<>();

        for (int number = 0; number < 5_000; number++) {
            Made made = documents.number(number);
            changes.addAll(made.changes());
            files.merge(made.schema().file(), 1, Integer::sum);
        }

        assertThat(changes).containsExactlyInAnyOrder(Change.values());
        assertThat(files.keySet())
                .containsAll(schemas.stream().map(PackSchema::file).toList());
    }

    @Test
    void a_number_gives_the_same_document_again() {
        assertThat(documents.number(7).body()).isEqualTo(documents.number(7).body());
    }
}

package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds good replies against the structure that the provider publishes, and against our own contracts, which were written from
 * the same facts by other hands.
 */
class ReplySchemaTest {
    private static final Path OUTLINE = Path.of("../tools/src/test/resources/provider-outline.txt");
    private static final Path PACK = Path.of("../config/src/main/resources/contracts/stytch");

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    @Test
    void a_sample_of_every_operation_is_a_good_reply() {
        assertThat(GoodReply.samples(SANDBOX)).allSatisfy(sample -> {
            Client.Answer answer = sample.answer().get();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.text("request_id")).startsWith("request-id-test-");
        });
    }

    @TestFactory
    Stream<DynamicTest> replies_fit_what_the_provider_publishes() throws IOException {
        PublishedOutline published = PublishedOutline.of(OUTLINE);
        return GoodReply.samples(SANDBOX).stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    ObjectNode reply = (ObjectNode) sample.answer().get().json();

                    assertThat(departures(published, sample, reply)).isEmpty();
                    assertThat(departures(published, sample, reply.deepCopy().put("status_code", "200")))
                            .containsExactly("/status_code is no integer");
                    assertThat(departures(published, sample, reply.deepCopy().put("sandbox_surprise", 1)))
                            .containsExactly("/sandbox_surprise is not published");
                    assertThat(departures(published, sample, reply.deepCopy().putNull("request_id")))
                            .containsExactly("/request_id is missing");
                }));
    }

    private static List<String> departures(PublishedOutline published, GoodReply sample, JsonNode reply) {
        return published.departures(sample.method().toUpperCase(Locale.ROOT) + " " + sample.path() + " reply", reply);
    }

    @TestFactory
    Stream<DynamicTest> replies_fit_our_own_contracts() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(ReplySchemaTest::packFile));
        return GoodReply.samples(SANDBOX).stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    Schema schema = registry.getSchema(
                            SchemaLocation.of("https://pack.invalid/" + sample.operation() + "/reply.schema.json"));
                    assertFitsAndMatters(schema, sample.answer().get().json());
                }));
    }

    /** The reply fits, and would not if it lacked a required member: a schema that accepts anything proves nothing. */
    private static void assertFitsAndMatters(Schema schema, JsonNode reply) {
        assertThat(schema.validate(reply)).extracting(Error::toString).isEmpty();
        assertThat(schema.validate(((ObjectNode) reply).without("request_id"))).isNotEmpty();
    }

    private static String packFile(String iri) {
        try {
            return Files.readString(PACK.resolve(iri.substring("https://pack.invalid/".length())));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}

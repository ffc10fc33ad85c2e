package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import dev.sallyport.sandbox.reply.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds good replies against the provider's OpenAPI document, where it is at hand, and against our own contracts, which
 * were written from the same facts by other hands.
 */
class ReplySchemaTest {
    private static final Path OPENAPI = Path.of(System.getProperty("provider.openapi", "none"));
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

    /** The document lies outside this repository; without it there is nothing to hold the replies against. */
    @TestFactory
    Stream<DynamicTest> replies_fit_the_providers_document() {
        if (!Files.isRegularFile(OPENAPI)) {
            return Stream.empty();
        }
        ObjectNode document = (ObjectNode) read(OPENAPI);
        close(document);
        return GoodReply.samples(SANDBOX).stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    JsonNode reply = withoutNulls(sample.answer().get().json());
                    assertThat(openApiSchema(document, sample).validate(reply))
                            .extracting(Error::toString)
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> replies_fit_our_own_contracts() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(ReplySchemaTest::packFile));
        return GoodReply.samples(SANDBOX).stream()
                .filter(sample -> Files.isRegularFile(PACK.resolve(sample.operation() + "/reply.schema.json")))
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

    private static Schema openApiSchema(ObjectNode document, GoodReply sample) {
        String pointer = "/paths/" + sample.path().replace("/", "~1") + "/" + sample.method()
                + "/responses/200/content/application~1json/schema";
        ObjectNode schema = Json.object();
        schema.putArray("allOf").add(document.at(pointer));
        schema.set("components", document.path("components"));
        return SchemaRegistry.withDialect(Dialects.getOpenApi30())
                .getSchema(SchemaLocation.of("https://provider.invalid/" + sample.operation()), schema);
    }

    /** Forbids members that the document does not name, so that a misspelt one of ours is found. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asString("").equals("object")) {
            object.put("additionalProperties", false);
        }
        node.values().forEach(ReplySchemaTest::close);
    }

    /** Takes nulls away: the provider sends null for what is optional, though its document never says so. */
    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List.copyOf(object.propertyNames()).stream()
                    .filter(name -> object.path(name).isNull())
                    .forEach(object::remove);
        }
        node.values().forEach(ReplySchemaTest::withoutNulls);
        return node;
    }

    private static JsonNode read(Path path) {
        try {
            return Json.parse(Files.readAllBytes(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

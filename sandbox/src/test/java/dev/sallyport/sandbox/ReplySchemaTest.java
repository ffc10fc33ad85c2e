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
import java.util.Map;
import java.util.function.Supplier;
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

    /** A good reply of an operation, under a name that says which. */
    private record Sample(String name, String operation, String method, String path, Supplier<Client.Answer> answer) {}

    private static List<Sample> samples() {
        Client client = SANDBOX.client();
        Fixtures fixtures = SANDBOX.sandbox().fixtures();
        return List.of(
                sample(
                        "migrated user",
                        "sessions.migrate",
                        Client.MIGRATE_USER,
                        () -> client.migrateUser(Client.goodUserMigration())),
                sample(
                        "user without session",
                        "sessions.migrate",
                        Client.MIGRATE_USER,
                        () -> client.migrateUser(Client.goodUserMigration().putNull("session_duration_minutes"))),
                sample(
                        "migrated member",
                        "b2b.sessions.migrate",
                        Client.MIGRATE_MEMBER,
                        () -> client.migrateMember(Client.goodMemberMigration())),
                sample(
                        "exchanged",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.goodExchange())),
                sample(
                        "MFA due",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.exchangeInto(Fixtures.MFA_ORGANIZATION_ID))),
                sample(
                        "primary due",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.exchangeInto(Fixtures.SSO_ORGANIZATION_ID))),
                sample(
                        "attested",
                        "b2b.sessions.attest",
                        Client.ATTEST,
                        () -> client.attest(Client.attestation(fixtures.trustedToken()))),
                sample(
                        "migrated user with a device",
                        "sessions.migrate",
                        Client.MIGRATE_USER,
                        () -> client.migrateUser(Client.goodUserMigration().put("telemetry_id", "telemetry-1"))),
                sample(
                        "exchanged with a device",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.goodExchange().put("telemetry_id", "telemetry-new-1"))),
                sample(
                        "authenticated user",
                        "sessions.authenticate",
                        Client.AUTHENTICATE_USER,
                        () -> client.post(Client.AUTHENTICATE_USER, authentication(Fixtures.USER_SESSION_TOKEN))),
                sample(
                        "authenticated member",
                        "b2b.sessions.authenticate",
                        Client.AUTHENTICATE_MEMBER,
                        () -> client.post(Client.AUTHENTICATE_MEMBER, authentication(Fixtures.MEMBER_SESSION_TOKEN))),
                sample(
                        "revoked",
                        "sessions.revoke",
                        Client.REVOKE_USER,
                        () -> client.post(Client.REVOKE_USER, naming(client.migrateUser(Client.goodUserMigration())))),
                sample(
                        "B2B revoked",
                        "b2b.sessions.revoke",
                        Client.REVOKE_MEMBER,
                        () -> client.post(
                                Client.REVOKE_MEMBER, naming(client.migrateMember(Client.goodMemberMigration())))),
                sample(
                        "attested user",
                        "sessions.attest",
                        Client.ATTEST_USER,
                        () -> client.post(
                                Client.ATTEST_USER,
                                Client.userAttestation(fixtures.trustedToken())
                                        .put("session_duration_minutes", 60)
                                        .put("telemetry_id", "telemetry-1"))),
                sample(
                        "attested user without session",
                        "sessions.attest",
                        Client.ATTEST_USER,
                        () -> client.post(Client.ATTEST_USER, Client.userAttestation(fixtures.trustedToken()))),
                sample(
                        "user by access token",
                        "sessions.exchange_access_token",
                        Client.EXCHANGE_ACCESS_USER,
                        () -> client.post(
                                Client.EXCHANGE_ACCESS_USER,
                                access(fixtures.userAccessToken()).put("session_duration_minutes", 60))),
                sample(
                        "user by access token without session",
                        "sessions.exchange_access_token",
                        Client.EXCHANGE_ACCESS_USER,
                        () -> client.post(Client.EXCHANGE_ACCESS_USER, access(fixtures.userAccessToken()))),
                sample(
                        "member by access token",
                        "b2b.sessions.exchange_access_token",
                        Client.EXCHANGE_ACCESS_MEMBER,
                        () -> client.post(Client.EXCHANGE_ACCESS_MEMBER, access(fixtures.memberAccessToken()))),
                sample(
                        "discovered",
                        "b2b.discovery.intermediate_sessions.exchange",
                        Client.DISCOVERY_EXCHANGE,
                        () -> client.post(
                                Client.DISCOVERY_EXCHANGE, discovery(fixtures, Fixtures.PLAIN_ORGANIZATION_ID))),
                sample(
                        "discovered, MFA due",
                        "b2b.discovery.intermediate_sessions.exchange",
                        Client.DISCOVERY_EXCHANGE,
                        () -> client.post(
                                Client.DISCOVERY_EXCHANGE, discovery(fixtures, Fixtures.MFA_ORGANIZATION_ID))),
                sample(
                        "discovered, primary due",
                        "b2b.discovery.intermediate_sessions.exchange",
                        Client.DISCOVERY_EXCHANGE,
                        () -> client.post(
                                Client.DISCOVERY_EXCHANGE, discovery(fixtures, Fixtures.SSO_ORGANIZATION_ID))),
                new Sample(
                        "listed",
                        "sessions.list",
                        "get",
                        "/v1/sessions",
                        () -> client.getAuthorized(Client.LIST_USER + Fixtures.USER_ID)),
                new Sample(
                        "B2B listed",
                        "b2b.sessions.list",
                        "get",
                        "/v1/b2b/sessions",
                        () -> client.getAuthorized(
                                Client.LIST_MEMBER + "?organization_id=crm-1001&member_id=ada-1001")),
                new Sample(
                        "who is calling",
                        "debug.whoami",
                        "get",
                        Client.WHOAMI,
                        () -> client.getAuthorized(Client.WHOAMI)),
                new Sample(
                        "keys",
                        "sessions.jwks",
                        "get",
                        "/v1/sessions/jwks/{project_id}",
                        () -> client.get("/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID)),
                new Sample(
                        "B2B keys",
                        "b2b.sessions.jwks",
                        "get",
                        "/v1/b2b/sessions/jwks/{project_id}",
                        () -> client.get("/v1/b2b/sessions/jwks/" + Fixtures.B2B_PROJECT_ID)));
    }

    private static ObjectNode authentication(String token) {
        ObjectNode body = Client.body(Map.of("session_token", token));
        body.putObject("authorization_check")
                .put("organization_id", Fixtures.PLAIN_ORGANIZATION_ID)
                .put("resource_id", "documents")
                .put("action", "read");
        return body;
    }

    private static ObjectNode access(String token) {
        return Client.body(Map.of("access_token", token));
    }

    private static ObjectNode discovery(Fixtures fixtures, String organization) {
        return Client.body(Map.of(
                "intermediate_session_token", fixtures.intermediateSessionToken(), "organization_id", organization));
    }

    private static ObjectNode naming(Client.Answer opened) {
        return Client.body(Map.of("session_token", opened.text("session_token")));
    }

    private static Sample sample(String name, String operation, String path, Supplier<Client.Answer> answer) {
        return new Sample(name, operation, "post", path, answer);
    }

    @Test
    void a_sample_of_every_operation_is_a_good_reply() {
        assertThat(samples()).allSatisfy(sample -> {
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
        return samples().stream()
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
        return samples().stream()
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

    private static Schema openApiSchema(ObjectNode document, Sample sample) {
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

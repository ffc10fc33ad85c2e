package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sallyport.sandbox.fault.JwksFault;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PublishKeysTest {
    private static final String PATH = "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID;

    @Test
    void keys_are_public_and_may_be_kept_for_a_quarter_of_an_hour() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client.Answer answer = new Client(sandbox.baseUrl()).get(PATH + "?project_id=anything");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=900");
            assertThat(answer.json().path("status_code").asInt()).isEqualTo(200);
            assertThat(sandbox.jwksFetches()).isEqualTo(1);
            assertThat(sandbox.received()).isZero();
        }
    }

    @Test
    void the_certificate_belongs_to_the_key() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client client = new Client(sandbox.baseUrl());

            JsonNode jwk = client.get(PATH).json().at("/keys/0");

            RSAKey key = new Tokens(client)
                    .keys(Fixtures.CONSUMER_PROJECT_ID)
                    .getKeys()
                    .get(0)
                    .toRSAKey();
            byte[] certificate = Base64.getDecoder().decode(jwk.at("/x5c/0").asString());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            assertThat(key.getParsedX509CertChain().get(0).getPublicKey()).isEqualTo(key.toPublicKey());
            assertThat(jwk.path("x5tS256").asString())
                    .isEqualTo(Base64.getUrlEncoder().encodeToString(digest));
            assertThat(jwk.path("kid").asString()).matches("jwk-test-[0-9a-f-]{36}");
            assertThat(jwk.at("/key_ops/0").asString()).isEqualTo("verify");
        }
    }

    @Test
    void after_a_rotation_new_sessions_are_signed_with_the_new_key_and_old_ones_still_verify() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(4))) {
            Client client = new Client(sandbox.baseUrl());
            String before = client.migrateUser(Client.goodUserMigration()).text("session_jwt");

            sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);

            String after = client.migrateUser(Client.goodUserMigration()).text("session_jwt");
            Tokens tokens = new Tokens(client);
            assertThat(tokens.keys(Fixtures.CONSUMER_PROJECT_ID).getKeys()).hasSize(2);
            assertThat(after.split("\\.", -1)[0]).isNotEqualTo(before.split("\\.", -1)[0]);
            assertThat(tokens.isGenuine(Fixtures.CONSUMER_PROJECT_ID, before)).isTrue();
            assertThat(tokens.isGenuine(Fixtures.CONSUMER_PROJECT_ID, after)).isTrue();
        }
    }

    @Test
    void once_old_keys_are_withdrawn_what_they_signed_no_longer_verifies() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client client = new Client(sandbox.baseUrl());
            String before = client.migrateUser(Client.goodUserMigration()).text("session_jwt");
            sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);

            sandbox.withdrawOldKeys(Fixtures.CONSUMER_PROJECT_ID);

            assertThat(new Tokens(client).isGenuine(Fixtures.CONSUMER_PROJECT_ID, before))
                    .isFalse();
        }
    }

    @Test
    void each_project_has_keys_of_its_own() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Tokens tokens = new Tokens(new Client(sandbox.baseUrl()));

            JWKSet consumer = tokens.keys(Fixtures.CONSUMER_PROJECT_ID);
            JWKSet b2b = tokens.keys(Fixtures.B2B_PROJECT_ID);

            assertThat(consumer.getKeys())
                    .extracting(JWK::getKeyID)
                    .doesNotContainAnyElementsOf(
                            b2b.getKeys().stream().map(JWK::getKeyID).toList());
        }
    }

    @Test
    void the_keys_of_an_unknown_project_or_of_the_other_product_are_refused() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client client = new Client(sandbox.baseUrl());

            Client.Answer unknown = client.get("/v1/sessions/jwks/project-test-unknown");
            Client.Answer other = client.get("/v1/b2b/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID);

            assertThat(unknown.text("error_type")).isEqualTo("invalid_project_id_authentication");
            assertThat(other.text("error_type")).isEqualTo("invalid_b2b_endpoint");
        }
    }

    @Test
    void published_keys_fail_in_the_way_that_was_asked_for() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client client = new Client(sandbox.baseUrl());
            sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);

            sandbox.jwksFault(JwksFault.DOWN);
            assertThat(client.get(PATH).status()).isEqualTo(503);
            sandbox.jwksFault(JwksFault.GARBAGE);
            assertThat(client.get(PATH).header("Content-Type")).isEqualTo("text/html");
            sandbox.jwksFault(JwksFault.EMPTY);
            assertThat(client.get(PATH).json().path("keys").size()).isZero();
            sandbox.jwksFault(JwksFault.WITHOUT_ACTIVE);
            assertThat(client.get(PATH).json().path("keys").size()).isEqualTo(1);
            sandbox.jwksFault(JwksFault.NONE);
            assertThat(client.get(PATH).json().path("keys").size()).isEqualTo(2);
        }
    }

    @Test
    void an_issuer_that_is_reachable_only_through_the_sandbox_has_keys_too() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client client = new Client(sandbox.baseUrl());

            JsonNode discovery =
                    client.get("/issuer/.well-known/openid-configuration").json();

            assertThat(discovery.path("issuer").asString()).isEqualTo(sandbox.baseUrl() + "/issuer");
            assertThat(client.get("/issuer/jwks").json().path("keys").size()).isEqualTo(1);
            assertThat(client.get("/issuer/userinfo", "Authorization", "Bearer " + Fixtures.FOREIGN_TOKEN)
                            .json())
                    .isEqualTo(Client.body(Map.of("sub", "ada", "email", Fixtures.EMAIL, "email_verified", true)));
            assertThat(client.get("/issuer/userinfo").status()).isEqualTo(401);
        }
    }
}

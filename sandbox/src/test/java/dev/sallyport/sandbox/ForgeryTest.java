package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.fault.Fault;
import dev.sallyport.sandbox.fault.forgery.Forgery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A forgery that is not what it says proves nothing, so those that can be looked at from outside are. */
class ForgeryTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.with(options -> options.withFaults(true));

    /** Has one token for every reply of a kind. */
    @RegisterExtension
    static final SandboxExtension WITH_ONE_TOKEN =
            SandboxExtension.with(options -> options.withFaults(true).withPresigned(1));

    private final Client client = SANDBOX.client();
    private final Tokens tokens = new Tokens(client);

    private String jwtWith(String forgery) {
        return client.exchange(Client.goodExchange(), "X-Sandbox-Fault", forgery)
                .text("session_jwt");
    }

    @Test
    void no_two_faults_go_by_one_name() {
        List<String> names = Forgery.all().map(Forgery::wireName).toList();

        assertThat(names)
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(Fault.named(name)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.sandbox.fault.forgery.Forgery#all")
    void a_forgery_differs_from_the_genuine_token_and_the_rest_of_the_reply_is_as_it_was(Forgery forgery) {
        Client presigned = WITH_ONE_TOKEN.client();
        String genuine = presigned.exchange(Client.goodExchange()).text("session_jwt");
        assertThat(presigned.exchange(Client.goodExchange()).text("session_jwt"))
                .isEqualTo(genuine);

        Client.Answer answer = presigned.exchange(Client.goodExchange(), "X-Sandbox-Fault", forgery.wireName());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("member_session").isObject()).isTrue();
        assertThat(answer.text("session_jwt"))
                .isNotEmpty()
                .isNotEqualTo(genuine)
                .doesNotContainIgnoringCase("sandbox-fault");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exp-missing", "issuer-slash", "audience-extra", "m2m-token", "connected-app-token", "iat-negative",
                "session-null", "jku-genuine", "typ-missing", "cty-jwt", "signature-not-canonical", "claims-of-another"
            })
    void most_are_signed_with_the_genuine_key(String forgery) {
        boolean genuine = tokens.isGenuine(Fixtures.B2B_PROJECT_ID, jwtWith(forgery));

        assertThat(genuine).isEqualTo(!forgery.equals("claims-of-another"));
    }

    @Test
    void a_machines_token_has_all_that_a_sessions_has_but_the_session() {
        Map<String, Object> claims = Tokens.claims(jwtWith("m2m-token")).getClaims();

        assertThat(claims)
                .containsKeys("iss", "aud", "exp", "iat", "nbf", "scope")
                .doesNotContainKey("https://stytch.com/session");
    }

    @Test
    void another_projects_key_is_published_for_that_project_only() {
        String jwt = jwtWith("other-project-key");

        assertThat(tokens.isGenuine(Fixtures.CONSUMER_PROJECT_ID, jwt)).isTrue();
        assertThat(tokens.isGenuine(Fixtures.B2B_PROJECT_ID, jwt)).isFalse();
    }

    @Test
    void a_name_that_is_neither_a_fault_nor_a_forgery_is_refused() {
        Client.Answer answer = client.exchange(Client.goodExchange(), "X-Sandbox-Fault", "issuer-sufix");

        assertThat(answer.status()).isEqualTo(400);
    }
}

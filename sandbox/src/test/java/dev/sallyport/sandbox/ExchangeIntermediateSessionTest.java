package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExchangeIntermediateSessionTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();
    private final Fixtures fixtures = SANDBOX.sandbox().fixtures();

    private static ObjectNode into(String organization, String token) {
        return Client.body(Map.of("intermediate_session_token", token, "organization_id", organization));
    }

    private Client.Answer discover(ObjectNode body) {
        return client.post(Client.DISCOVERY_EXCHANGE, body);
    }

    @Test
    void a_login_becomes_a_session_in_the_organization_that_was_chosen() {
        JsonNode reply = discover(into(Fixtures.PLAIN_ORGANIZATION_SLUG, fixtures.intermediateSessionToken()))
                .json();

        assertThat(reply.path("member_authenticated").asBoolean()).isTrue();
        assertThat(reply.path("intermediate_session_token").asString("absent")).isEmpty();
        assertThat(reply.path("member_id").asString()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(reply.at("/member_session/authentication_factors/0/type").asString())
                .isEqualTo("magic_link");
    }

    @Test
    void success_uses_the_token_up() {
        String token = fixtures.intermediateSessionToken();
        discover(into(Fixtures.PLAIN_ORGANIZATION_ID, token));

        Client.Answer again = discover(into(Fixtures.PLAIN_ORGANIZATION_ID, token));

        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("error_type")).isEqualTo("intermediate_session_not_found");
        assertThat(again.text("error_message")).isEqualTo("Intermediate session could not be found.");
    }

    @Test
    void where_a_second_factor_is_due_another_token_comes_back_and_the_first_still_opens_other_doors() {
        String token = fixtures.intermediateSessionToken();

        JsonNode due = discover(into(Fixtures.MFA_ORGANIZATION_ID, token)).json();
        JsonNode elsewhere =
                discover(into(Fixtures.PLAIN_ORGANIZATION_ID, token)).json();

        assertThat(due.path("member_authenticated").asBoolean(true)).isFalse();
        assertThat(due.path("intermediate_session_token").asString())
                .hasSize(44)
                .isNotEqualTo(token);
        assertThat(due.at("/mfa_required/secondary_auth_initiated").asString()).isEqualTo("sms_otp");
        assertThat(due.path("session_jwt").asString("absent")).isEmpty();
        assertThat(elsewhere.path("member_authenticated").asBoolean()).isTrue();
    }

    @Test
    void a_second_factor_satisfies_an_organization_that_requires_mfa() {
        JsonNode reply = discover(into(Fixtures.MFA_ORGANIZATION_ID, fixtures.twoFactorIntermediateSessionToken()))
                .json();

        assertThat(reply.path("member_authenticated").asBoolean()).isTrue();
        assertThat(reply.path("member_id").asString()).isEqualTo(Fixtures.MFA_MEMBER_ID);
    }

    @Test
    void an_organization_that_does_not_accept_the_primary_factor_says_what_it_accepts() {
        JsonNode reply = discover(into(Fixtures.SSO_ORGANIZATION_ID, fixtures.intermediateSessionToken()))
                .json();

        assertThat(reply.path("member_authenticated").asBoolean(true)).isFalse();
        assertThat(reply.at("/primary_required/allowed_auth_methods/0").asString())
                .isEqualTo("sso");
    }

    @Test
    void the_token_of_an_unfinished_exchange_is_good_for_that_organization_alone() {
        String token = client.exchange(Client.exchangeInto(Fixtures.MFA_ORGANIZATION_ID))
                .text("intermediate_session_token");

        JsonNode there = discover(into(Fixtures.MFA_ORGANIZATION_ID, token)).json();
        Client.Answer elsewhere = discover(into(Fixtures.PLAIN_ORGANIZATION_ID, token));

        assertThat(there.path("mfa_required").isObject()).isTrue();
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.text("error_type")).isEqualTo("invalid_intermediate_session_token_for_organization");
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-organization, 404, organization_not_found",
        Fixtures.CLOSED_ORGANIZATION_ID + ", 400, email_jit_provisioning_not_allowed",
    })
    void an_organization_that_cannot_be_entered_is_refused(String organization, int status, String errorType) {
        Client.Answer answer = discover(into(organization, fixtures.intermediateSessionToken()));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_type")).isEqualTo(errorType);
    }

    @Test
    void a_locale_is_checked_here_too() {
        ObjectNode body = into(Fixtures.PLAIN_ORGANIZATION_ID, fixtures.intermediateSessionToken());

        assertThat(discover(body.put("locale", "tlh")).text("error_type")).isEqualTo("invalid_locale");
    }

    @Test
    void a_token_is_gone_after_ten_minutes() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withClock(clock(now::get)))) {
            String token = sandbox.fixtures().intermediateSessionToken();
            now.updateAndGet(then -> then.plus(Duration.ofMinutes(10)));

            Client.Answer answer = new Client(sandbox.baseUrl())
                    .post(Client.DISCOVERY_EXCHANGE, into(Fixtures.PLAIN_ORGANIZATION_ID, token));

            assertThat(answer.text("error_type")).isEqualTo("intermediate_session_not_found");
        }
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }
}

package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.token.AccessTokenCheck.KeyWanted;
import dev.sallyport.token.AccessTokenCheck.Terms;
import dev.sallyport.token.AccessTokenCheck.Trusted;
import dev.sallyport.token.AccessTokenCheck.Unscoped;
import dev.sallyport.token.AccessTokenCheck.Untrusted;
import dev.sallyport.token.AccessTokenCheck.Verdict;
import dev.sallyport.token.keys.KeySet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a company's issuer: which may be trusted, and why others may not. */
final class AccessTokenCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ECKey KEY = key("one");
    private static final KeySet KEYS = keys(KEY);
    private static final AccessTokenCheck CHECK = new AccessTokenCheck(
            TokenAlgorithm.ES256,
            new Terms(
                    "https://login.example.com",
                    "sallyport",
                    Set.of("sessions", "read"),
                    "sub",
                    Duration.ofSeconds(5),
                    Duration.ofHours(1)));

    @Test
    void a_token_in_order_names_its_caller() {
        assertThat(verdict(Map.of())).isEqualTo(new Trusted("billing"));
        assertThat(verdict(Map.of()).toString()).doesNotContain("billing");
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                wrong("iss", "https://login.example.com/", TokenFault.WRONG_ISSUER),
                wrong("iss", null, TokenFault.WRONG_ISSUER),
                wrong("aud", "another", TokenFault.WRONG_AUDIENCE),
                wrong("aud", List.of(), TokenFault.WRONG_AUDIENCE),
                wrong("aud", null, TokenFault.WRONG_AUDIENCE),
                wrong("sub", null, TokenFault.CLAIMS_BREAK_CONTRACT),
                wrong("sub", "", TokenFault.CLAIMS_BREAK_CONTRACT),
                wrong("exp", null, TokenFault.CLAIMS_BREAK_CONTRACT),
                wrong("exp", seconds(-5), TokenFault.EXPIRED),
                wrong("exp", "tomorrow", TokenFault.CLAIMS_BREAK_CONTRACT),
                wrong("exp", 1e300, TokenFault.LIVES_TOO_LONG),
                wrong("exp", new BigDecimal("1E+400"), TokenFault.LIVES_TOO_LONG),
                wrong("nbf", new BigDecimal("1E+400"), TokenFault.NOT_YET_VALID),
                wrong("exp", seconds(7200), TokenFault.LIVES_TOO_LONG),
                wrong("nbf", seconds(10), TokenFault.NOT_YET_VALID),
                wrong("nbf", "now", TokenFault.CLAIMS_BREAK_CONTRACT),
                wrong("iat", seconds(10), TokenFault.ISSUED_IN_FUTURE));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void a_claim_that_is_wrong_or_absent_is_told_apart(String name, @Nullable Object value, TokenFault fault) {
        Map<String, @Nullable Object> changed = new HashMap<>();
        changed.put(name, value);

        assertThat(verdict(changed)).isEqualTo(new Untrusted(fault));
    }

    @Test
    void scopes_may_stand_in_a_text_or_in_a_list_and_all_must_be_there() {
        assertThat(verdict(Map.of("scope", "read"))).isEqualTo(new Unscoped());
        assertThat(verdict(Map.of("scope", "read sessions write"))).isInstanceOf(Trusted.class);
        Map<String, @Nullable Object> listed = new HashMap<>();
        listed.put("scope", null);
        listed.put("scp", List.of("sessions", "read"));
        assertThat(verdict(listed)).isInstanceOf(Trusted.class);
        assertThat(verdict(Map.of("scope", List.of("sessions-read")))).isEqualTo(new Unscoped());
    }

    @Test
    void an_audience_among_others_will_do_and_a_token_without_the_time_of_its_issue() {
        Map<String, @Nullable Object> changed = new HashMap<>();
        changed.put("aud", List.of("another", "sallyport"));
        changed.put("iat", null);

        assertThat(verdict(changed)).isInstanceOf(Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt", "AT+JWT", "application/at+jwt"})
    void the_types_of_access_tokens_are_taken(String type) {
        assertThat(check(signed(claims(Map.of()), KEY, type))).isInstanceOf(Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "dpop+jwt", "JWS"})
    void those_of_other_tokens_are_not(String type) {
        assertThat(check(signed(claims(Map.of()), KEY, type))).isEqualTo(new Untrusted(TokenFault.WRONG_TYPE));
    }

    @Test
    void another_key_of_that_id_is_no_proof_and_another_id_is_asked_for() {
        assertThat(check(signed(claims(Map.of()), key("one"), "JWT")))
                .isEqualTo(new Untrusted(TokenFault.BAD_SIGNATURE));
        assertThat(check(signed(claims(Map.of()), key("two"), "JWT"))).isEqualTo(new KeyWanted("two"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJiaWxsaW5nIn0.",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJiaWxsaW5nIn0.AA",
                "eyJhbGciOiJIUzI1NiIsImtpZCI6Im9uZSJ9.eyJzdWIiOiJiaWxsaW5nIn0.AA"
            })
    void what_is_no_such_token_is_refused(String token) {
        assertThat(check(token)).isInstanceOf(Untrusted.class);
    }

    private static Arguments wrong(String name, @Nullable Object value, TokenFault fault) {
        return Arguments.of(name, value, fault);
    }

    private static long seconds(long after) {
        return NOW.getEpochSecond() + after;
    }

    private static Verdict verdict(Map<String, @Nullable Object> changed) {
        return check(signed(claims(changed), KEY, "JWT"));
    }

    private static Verdict check(String token) {
        return CHECK.check(token, KEYS, NOW);
    }

    private static Map<String, Object> claims(Map<String, @Nullable Object> changed) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss", "https://login.example.com",
                "aud", "sallyport",
                "sub", "billing",
                "scope", "sessions read",
                "iat", seconds(-60),
                "exp", seconds(300)));
        changed.forEach((name, value) -> {
            if (value == null) {
                claims.remove(name);
            } else {
                claims.put(name, value);
            }
        });
        return claims;
    }

    private static String signed(Map<String, Object> claims, ECKey key, String type) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID(key.getKeyID())
                    .type(new JOSEObjectType(type))
                    .build();
            var jws = new com.nimbusds.jose.JWSObject(header, new com.nimbusds.jose.Payload(claims));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeySet keys(ECKey... keys) {
        try {
            return KeySet.parse(new JWKSet(List.of(keys)).toString(), TokenAlgorithm.ES256, null);
        } catch (java.text.ParseException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package dev.sallyport.token.keys;

import static dev.sallyport.contract.TokenAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySetTest {
    @Test
    void keys_that_are_of_no_use_are_left_out() throws ParseException, NoSuchAlgorithmException, JOSEException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAKey tooShort = new RSAKey.Builder(
                        (RSAPublicKey) generator.generateKeyPair().getPublic())
                .keyID("short")
                .build();
        RSAKey nameless = new RSAKey.Builder(Keys.OTHER.toRSAPublicKey()).build();
        RSAKey encrypting = new RSAKey.Builder(Keys.OTHER.toRSAPublicKey())
                .keyID("enc")
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        RSAKey signing = new RSAKey.Builder(Keys.OTHER.toRSAPublicKey())
                .keyID("sig")
                .keyUse(KeyUse.SIGNATURE)
                .build();

        KeySet set = KeySet.parse(Keys.jwks(tooShort, nameless, encrypting, signing, Keys.GOOD), RS256, null);

        assertThat(set.keyIds()).containsExactlyInAnyOrder("sig", "good");
        assertThat(set.verifier("enc")).isNull();
        assertThat(set.verifier("good")).isNotNull().isSameAs(set.verifier("good"));
    }

    @Test
    void a_key_that_the_arithmetic_does_not_take_leaves_those_beside_it_in_use() throws ParseException {
        var takesNone = new Provider("takes-none", "1", "") {
            private static final long serialVersionUID = 1L;
        };

        KeySet set = KeySet.parse(Keys.jwks(Keys.GOOD), RS256, takesNone);

        assertThat(set.keyIds()).containsExactly("good");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "<html>",
                "{\"keys\":{}}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\"}]}",
            })
    void what_is_no_key_set_is_refused(String jwks) {
        assertThatThrownBy(() -> KeySet.parse(jwks, RS256, null)).isInstanceOf(ParseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\",\"e\":\"\"}]}",
                "{\"keys\":[{\"kty\":\"NEW\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}",
            })
    void a_set_without_a_key_of_use_is_empty(String jwks) throws ParseException {
        assertThat(KeySet.parse(jwks, RS256, null).keyIds()).isEmpty();
    }

    @Test
    void keys_that_are_not_for_rs256_signatures_are_left_out() throws ParseException {
        RSAKey otherAlgorithm = new RSAKey.Builder(Keys.named("rs512"))
                .algorithm(JWSAlgorithm.RS512)
                .build();
        RSAKey wrapping = new RSAKey.Builder(Keys.named("wrap"))
                .keyOperations(Set.of(KeyOperation.WRAP_KEY))
                .build();
        RSAKey exact = new RSAKey.Builder(Keys.named("exact"))
                .algorithm(JWSAlgorithm.RS256)
                .keyOperations(Set.of(KeyOperation.VERIFY))
                .build();
        RSAKey endless = Keys.named("x".repeat(257));

        KeySet set = KeySet.parse(Keys.jwks(otherAlgorithm, wrapping, exact, endless), RS256, null);

        assertThat(set.keyIds()).containsExactly("exact");
    }

    @Test
    void keys_that_share_an_id_are_left_out() throws ParseException {
        RSAKey twin = new RSAKey.Builder(Keys.OTHER.toPublicJWK()).keyID("twin").build();

        KeySet set = KeySet.parse(Keys.jwks(Keys.named("twin"), twin, twin, Keys.GOOD), RS256, null);

        assertThat(set.keyIds()).containsExactly("good");
    }

    @Test
    void what_is_published_of_a_set_is_public() throws ParseException {
        KeySet set = KeySet.parse("{\"keys\":[" + Keys.GOOD.toJSONString() + "]}", RS256, null);

        assertThat(set.published()).contains("\"good\"").doesNotContain("\"d\"", "\"p\"");
        assertThat(KeySet.parse(set.published(), RS256, null).keyIds()).isEqualTo(set.keyIds());
    }

    @Test
    void a_key_set_prints_its_key_ids_only() {
        assertThat(Keys.set(Keys.GOOD)).hasToString("[good]");
    }
}

package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
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

        KeySet set = KeySet.parse(Keys.jwks(tooShort, nameless, encrypting, signing, Keys.GOOD), null);

        assertThat(set.keyIds()).containsExactlyInAnyOrder("sig", "good");
        assertThat(set.verifier("enc")).isNull();
        assertThat(set.verifier("good")).isNotNull().isSameAs(set.verifier("good"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "<html>",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"NEW\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\",\"e\":\"\"}]}",
            })
    void what_has_no_signing_key_in_it_is_no_key_set(String jwks) {
        assertThatThrownBy(() -> KeySet.parse(jwks, null)).isInstanceOf(ParseException.class);
    }

    @Test
    void a_key_set_prints_its_key_ids_only() {
        assertThat(Keys.set(Keys.GOOD)).hasToString("[good]");
    }
}

package dev.sallyport.token.keys;

import static dev.sallyport.contract.TokenAlgorithm.ES256;
import static dev.sallyport.contract.TokenAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.json.StrictJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySetTest {
    private static final KnownMembers KNOWN = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32))
            .contract("sessions.jwks")
            .orElseThrow()
            .metadata()
            .reply()
            .members();

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
                "[]",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":[{\"kid\":\"a\",\"kid\":\"b\"}]}",
                "{\"keys\":[{\"kid\":\"a\",\"k\\u0069d\":\"b\"}]}",
                "{\"keys\":[]} {}",
                "{\"keys\":[],}",
                "{keys:[]}",
                "\uFEFF{\"keys\":[]}",
            })
    void what_is_no_key_set_is_refused(String jwks) {
        assertThatThrownBy(() -> KeySet.parse(jwks, RS256, null)).isInstanceOf(ParseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":[]}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\",\"e\":\"\"}]}",
                "{\"keys\":[{\"kty\":\"NEW\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}",
            })
    void a_set_without_a_key_of_use_is_empty(String jwks) throws ParseException {
        assertThat(KeySet.parse(jwks, RS256, null).keyIds()).isEmpty();
    }

    @Test
    void what_is_no_utf_8_is_refused_whole() {
        byte[] jwks = Keys.jwks(Keys.GOOD).replace("good", "g?od").getBytes(StandardCharsets.US_ASCII);
        jwks[new String(jwks, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xE9;

        assertThatThrownBy(() -> KeySet.parse(jwks, RS256, null))
                .isInstanceOf(ParseException.class)
                .hasMessage("not strict JSON");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "UNREADABLE | null",
                "UNREADABLE | \"a key\"",
                "UNREADABLE | 1",
                "UNREADABLE | []",
                "UNREADABLE | {}",
                "UNREADABLE | {\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-999\",\"x\":\"AQAB\",\"y\":\"AQAB\"}",
                "UNREADABLE | {\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}",
                "UNREADABLE | {\"kty\":\"RSA\",\"kid\":\"a\",\"e\":\"AQAB\"}",
                "UNREADABLE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":1,\"e\":\"AQAB\"}",
                "UNREADABLE | {\"kty\":1,\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\"}",
                "UNREADABLE | {\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\"}",
                "UNREADABLE | {\"kty\":\"NEW\",\"kid\":\"a\"}",
                "UNREADABLE | {\"kty\":\"RSA\",\"kid\":1,\"n\":\"$N\",\"e\":\"AQAB\"}",
                "UNREADABLE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"x5c\":[\"AAAA\"]}",
                "UNREADABLE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"x5c\":\"AAAA\"}",
                "UNREADABLE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"use\":\"enc\",\"key_ops\":[\"verify\"]}",
                "UNSUITED | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"\"}",
                "UNSUITED | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AA\"}",
                "UNSUITED | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQ\"}",
                "UNSUITED | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"BA\"}",
                "UNSUITED | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"$N\"}",
                "UNSUITED | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$Z\",\"e\":\"AQAB\"}",
                "UNNAMED | {\"kty\":\"RSA\",\"n\":\"$N\",\"e\":\"AQAB\"}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"d\":1}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"p\":\"\"}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"q\":\"AQAB\"}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"dp\":\"AQAB\"}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"dq\":\"AQAB\"}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"qi\":\"AQAB\"}",
                "PRIVATE | {\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"$N\",\"e\":\"AQAB\",\"oth\":[]}",
                "PRIVATE | {\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\",\"d\":\"AQAB\"}",
            },
            delimiter = '|')
    void a_key_of_no_use_leaves_the_good_one_beside_it_in_use(KeyFlaw flaw, String bad) throws ParseException {
        byte[] padded = new byte[256];
        padded[200] = 1;
        String filled = bad.replace("$N", Keys.OTHER.getModulus().toString())
                .replace("$Z", Base64URL.encode(padded).toString());

        KeySet set = KeySet.parse(Keys.jwks(Keys.GOOD).replace("]}", "," + filled + "]}"), RS256, null);

        assertThat(set.keyIds()).containsExactly("good");
        assertThat(set.ignored()).containsOnly(Map.entry(flaw, 1));
    }

    @Test
    void a_key_whose_private_half_is_published_is_of_no_use_under_any_id() throws ParseException {
        String published = Keys.jwks(Keys.GOOD, Keys.named("again"))
                .replace("]}", "," + Keys.named("leaked").toJSONString() + "," + Keys.OTHER.toPublicJWK() + "]}");

        KeySet set = KeySet.parse(published, RS256, null);

        assertThat(set.keyIds()).containsExactly("other");
        assertThat(set.ignored()).containsOnly(Map.entry(KeyFlaw.PRIVATE, 3));
    }

    @Test
    void a_number_that_is_of_no_use_to_a_private_key_does_not_hide_its_public_half() throws ParseException {
        String leaked = "{\"kty\":\"EC\",\"kid\":\"a\",\"d\":\"AQAB\",\"n\":\"AQAB\",\"crv\":\"P-256\",\"x\":\"$N\"}"
                .replace("$N", Keys.OTHER.getModulus().toString());
        String published = Keys.jwks(Keys.GOOD, Keys.OTHER).replace("]}", "," + leaked + "]}");

        assertThat(KeySet.parse(published, RS256, null).keyIds()).containsExactly("good");
    }

    @Test
    void a_coordinate_that_is_out_of_its_field_leaves_the_good_key_beside_it_in_use()
            throws ParseException, JOSEException {
        ECKey good = new ECKeyGenerator(Curve.P_256).keyID("good").generate();
        BigInteger field = Curve.P_256.toECParameterSpec().getCurve().getField() instanceof ECFieldFp prime
                ? prime.getP()
                : BigInteger.ONE;
        Base64URL beyond = Base64URL.encode(good.getX().decodeToBigInteger().add(field));
        String bad = good.toPublicJWK()
                .toJSONString()
                .replace(good.getX().toString(), beyond.toString())
                .replace("good", "bad");
        String published = "{\"keys\":[" + bad + "," + good.toPublicJWK().toJSONString() + "]}";

        KeySet set = KeySet.parse(published, ES256, null);

        assertThat(set.keyIds()).containsExactly("good");
        assertThat(set.ignored()).containsOnly(Map.entry(KeyFlaw.UNREADABLE, 1));
    }

    @Test
    void null_in_place_of_a_private_half_is_none() throws ParseException {
        String published = Keys.jwks(Keys.GOOD).replace("}]", ",\"d\":null,\"p\":null}]");

        assertThat(KeySet.parse(published, RS256, null).keyIds()).containsExactly("good");
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
        KeySet set = Keys.set(Keys.GOOD);

        assertThat(set.published(KnownMembers.NOTHING)).contains("\"good\"").doesNotContain("\"d\"", "\"p\"");
        assertThat(KeySet.parse(set.published(KnownMembers.NOTHING), RS256, null)
                        .keyIds())
                .isEqualTo(set.keyIds());
    }

    @Test
    void a_key_set_prints_its_key_ids_only() {
        assertThat(Keys.set(Keys.GOOD)).hasToString("[good]");
    }

    @Test
    void what_is_shown_of_a_key_is_what_a_contract_names_and_never_what_could_hide_a_secret() throws ParseException {
        String more = "{\"x5tS256\":\"shown\",\"x5c\":[],\"key_ops\":[\"verify\"],\"pem\":\"hush\",\"k\":\"hush\",";
        String published = Keys.jwks(Keys.GOOD, Keys.OTHER)
                .replaceFirst("\\{\"kty\"", Matcher.quoteReplacement(more + "\"kty\""))
                .replace("]}", "],\"request_id\":\"r\",\"status_code\":200,\"secret\":\"hush\"}");

        KeySet set = KeySet.parse(published, RS256, null);
        String shown = set.published(KNOWN);

        assertThat(shown)
                .contains("shown", "\"x5c\":[]", "\"request_id\":\"r\"")
                .doesNotContain("hush");
        assertThat(shown.indexOf("good")).isLessThan(shown.indexOf("other"));
        assertThat(KeySet.parse(shown, RS256, null).published(KNOWN)).isEqualTo(shown);
        assertThat(set.published(KnownMembers.NOTHING)).doesNotContain("shown", "request_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"d\":\"hush\"}", "[{\"d\":\"hush\"}]", "[[\"hush\"]]", "1", "null", "true"})
    void a_member_of_another_form_than_texts_is_not_shown(String value) throws ParseException {
        String published = Keys.jwks(Keys.GOOD)
                .replaceFirst("\\{\"kty\"", Matcher.quoteReplacement("{\"x5tS256\":" + value + ",\"kty\""));

        assertThat(KeySet.parse(published, RS256, null).published(KNOWN)).doesNotContain("x5tS256", "hush");
    }
}

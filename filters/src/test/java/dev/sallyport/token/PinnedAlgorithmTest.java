package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.token.TokenVerdict.Untrusted;
import dev.sallyport.token.TokenVerdict.Verified;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The algorithm comes from the pack: keys are chosen by it, and no token has a say in it. */
final class PinnedAlgorithmTest {
    private static final long NOW = 1_800_000_000;
    private static final String CLAIMS =
            "{\"sub\":\"u\",\"iss\":\"issuer.invalid/project\",\"aud\":\"project\",\"iat\":%d,\"exp\":%d}"
                    .formatted(NOW - 10, NOW + 200);
    private static final TokenCheck.Expected EXPECTED =
            new TokenCheck.Expected(Set.of("issuer.invalid/project"), "project", Set.of());
    private static final List<JWK> PUBLISHED =
            List.of(Keys.named("rsa"), curve(Curve.P_256), curve(Curve.P_384), curve(Curve.P_521));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void only_keys_that_the_algorithm_takes_are_kept(TokenAlgorithm pinned) throws ParseException {
        assertThat(keys(pinned).keyIds()).containsExactly(keyOf(pinned).getKeyID());
    }

    @ParameterizedTest
    @EnumSource
    void a_key_that_is_for_another_algorithm_by_its_own_word_is_left_out(TokenAlgorithm pinned) throws Exception {
        ECKey other = new ECKey.Builder(curve(Curve.P_256))
                .keyID("other")
                .algorithm(pinned == TokenAlgorithm.ES256 ? JWSAlgorithm.ES384 : JWSAlgorithm.ES256)
                .build();

        assertThat(KeySet.parse(published(List.of(other)), pinned, null).keyIds())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_token_is_genuine_by_the_pinned_algorithm_and_by_no_other(TokenAlgorithm pinned) throws Exception {
        TokenCheck check =
                new TokenCheck(contract(pinned), new TokenLimits(Duration.ZERO, Duration.ofMinutes(5), 9999));
        KeySet keys = keys(pinned);

        for (TokenAlgorithm used : TokenAlgorithm.values()) {
            TokenVerdict honest = check.check(token(used, used), keys, EXPECTED, Instant.ofEpochSecond(NOW));
            TokenVerdict lying = check.check(token(pinned, used), keys, EXPECTED, Instant.ofEpochSecond(NOW));

            if (used == pinned) {
                assertThat(honest).as("%s", used).isInstanceOf(Verified.class);
            } else {
                assertThat(honest).as("%s", used).isEqualTo(new Untrusted(TokenFault.WRONG_ALGORITHM));
                assertThat(lying).as("%s", used).isEqualTo(new Untrusted(TokenFault.BAD_SIGNATURE));
            }
        }
    }

    @Test
    void what_is_published_of_a_set_is_read_as_the_same_set() throws ParseException {
        for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
            KeySet set = keys(algorithm);

            assertThat(set.published(KnownMembers.NOTHING)).doesNotContain("\"d\"", "\"p\"");
            assertThat(KeySet.parse(set.published(KnownMembers.NOTHING), algorithm, null)
                            .keyIds())
                    .isEqualTo(set.keyIds());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "rs256", "ES256K", "EdDSA"})
    void a_pack_may_pin_none_without_a_public_key_nor_any_that_is_not_known(String algorithm) {
        assertThatThrownBy(() -> contract(algorithm))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("catalog.yml at line ")
                .hasMessageContaining(
                        "has " + algorithm + " at session-tokens.session.algorithm, which is none of ES256");
    }

    private TokenContract contract(TokenAlgorithm algorithm) throws IOException {
        return contract(algorithm.name());
    }

    private TokenContract contract(String algorithm) throws IOException {
        var pack = SmallPack.in(folder);
        Path catalog = folder.resolve("catalog.yml");
        Files.writeString(catalog, Files.readString(catalog).replace("RS256", algorithm));
        return pack.contract("login").sessionToken().orElseThrow();
    }

    private static KeySet keys(TokenAlgorithm algorithm) throws ParseException {
        return KeySet.parse(published(PUBLISHED), algorithm, null);
    }

    private static String published(List<JWK> keys) {
        return new JWKSet(keys).toString(true);
    }

    private static JWK keyOf(TokenAlgorithm algorithm) {
        return PUBLISHED.get(
                switch (algorithm) {
                    case ES256 -> 1;
                    case ES384 -> 2;
                    case ES512 -> 3;
                    default -> 0;
                });
    }

    private static ECKey curve(Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(curve.getName()).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the header says, with the key of that algorithm, and what was really done. */
    private static String token(TokenAlgorithm said, TokenAlgorithm done) throws JOSEException {
        String header = "{\"alg\":\"" + said + "\",\"typ\":\"JWT\",\"kid\":\""
                + keyOf(said).getKeyID() + "\"}";
        String signed = Keys.encoded(header) + "." + Keys.encoded(CLAIMS);
        var signer = done.family() == TokenAlgorithm.Family.RSA
                ? new RSASSASigner(keyOf(done).toRSAKey())
                : new ECDSASigner(keyOf(done).toECKey());
        return signed + "."
                + signer.sign(
                        new JWSHeader(JWSAlgorithm.parse(done.name())), signed.getBytes(StandardCharsets.US_ASCII));
    }
}

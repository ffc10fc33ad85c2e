package dev.sallyport.token.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.contract.TokenAlgorithm;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeptSignatureTest {
    private static final byte[] SIGNED = "header.claims".getBytes(US_ASCII);
    private static final byte[] OTHER = "header.others".getBytes(US_ASCII);

    @ParameterizedTest
    @EnumSource(names = {"RS256", "RS384", "RS512"})
    void each_answer_is_of_its_own_bytes_whatever_came_before(TokenAlgorithm algorithm) throws Exception {
        var kept = new KeptSignature(algorithm, Keys.GOOD.toRSAPublicKey(), null);
        byte[] good = signature(algorithm);
        byte[] damaged = good.clone();
        damaged[good.length - 1] ^= 1;

        for (int round = 0; round < 3; round++) {
            assertThat(kept.isGenuine(SIGNED, good)).isTrue();
            assertThat(kept.isGenuine(SIGNED, damaged)).isFalse();
            assertThat(kept.isGenuine(OTHER, good)).isFalse();
            assertThat(kept.isGenuine(SIGNED, good)).isTrue();
            assertThat(kept.isGenuine(SIGNED, new byte[0])).isFalse();
            assertThat(kept.isGenuine(SIGNED, new byte[good.length - 1])).isFalse();
            assertThat(kept.isGenuine(SIGNED, new byte[good.length + 1])).isFalse();
            assertThat(kept.isGenuine(new byte[0], good)).isFalse();
        }
    }

    @Test
    void another_algorithm_or_key_is_not_enough() throws Exception {
        byte[] good = signature(TokenAlgorithm.RS256);

        assertThat(new KeptSignature(TokenAlgorithm.RS384, Keys.GOOD.toRSAPublicKey(), null).isGenuine(SIGNED, good))
                .isFalse();
        assertThat(new KeptSignature(TokenAlgorithm.RS256, Keys.OTHER.toRSAPublicKey(), null).isGenuine(SIGNED, good))
                .isFalse();
    }

    @Test
    void by_a_key_that_cannot_verify_nothing_is_genuine() throws Exception {
        var curve = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();

        assertThat(new KeptSignature(TokenAlgorithm.RS256, curve, null)
                        .isGenuine(SIGNED, signature(TokenAlgorithm.RS256)))
                .isFalse();
    }

    @Test
    void threads_do_not_meet() throws Exception {
        var kept = new KeptSignature(TokenAlgorithm.RS256, Keys.GOOD.toRSAPublicKey(), null);
        byte[] good = signature(TokenAlgorithm.RS256);
        Callable<Boolean> turns = () -> {
            boolean right = true;
            for (int round = 0; round < 200; round++) {
                right &= kept.isGenuine(SIGNED, good) && !kept.isGenuine(OTHER, good);
            }
            return right;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                asked.add(threads.submit(turns));
            }
            for (Future<Boolean> each : asked) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] signature(TokenAlgorithm algorithm) {
        String text = Keys.signature(JWSAlgorithm.parse(algorithm.name()), new String(SIGNED, US_ASCII), Keys.GOOD);
        return new Base64URL(text).decode();
    }
}

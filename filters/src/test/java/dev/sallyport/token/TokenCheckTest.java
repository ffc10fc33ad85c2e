package dev.sallyport.token;

import static dev.sallyport.token.TokenTexts.CLAIMS;
import static dev.sallyport.token.TokenTexts.HEADER;
import static dev.sallyport.token.TokenTexts.NOW;
import static dev.sallyport.token.TokenTexts.claims;
import static dev.sallyport.token.TokenTexts.member;
import static dev.sallyport.token.TokenTexts.q;
import static dev.sallyport.token.TokenTexts.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.token.TokenVerdict.KeyWanted;
import dev.sallyport.token.TokenVerdict.Verified;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check lets pass, and where it draws its lines in time. */
final class TokenCheckTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TokenTrial trial;

    @BeforeEach
    void compile() {
        trial = TokenTrial.in(folder);
    }

    @Test
    void a_good_token_is_verified_and_its_claims_are_handed_over() {
        TokenVerdict verdict = trial.verdict(token(HEADER, CLAIMS));

        assertThat(verdict).isInstanceOf(Verified.class);
    }

    @Test
    void a_key_that_is_not_in_the_set_is_asked_for_by_its_id() {
        assertThat(trial.verdict(token("{'alg':'RS256','typ':'JWT','kid':'n\\u0065w'}", CLAIMS)))
                .isEqualTo(new KeyWanted("new"));
    }

    @Test
    void a_header_that_was_seen_before_is_judged_alike() {
        String none = token("{'alg':'RS256','kid':'good'}", CLAIMS);

        assertThat(trial.fault(none)).isEqualTo(TokenFault.WRONG_TYPE);
        assertThat(trial.fault(none)).isEqualTo(TokenFault.WRONG_TYPE);
        assertThat(trial.fault(token(HEADER, CLAIMS))).isNull();
        assertThat(trial.fault(token(HEADER, CLAIMS))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"['friend','project']", "'project'", "['project','project']", "['project','friend']"})
    void an_audience_may_be_one_name_or_a_list_with_it_and_those_that_the_operator_names(String audience) {
        assertThat(trial.fault(claims("['project']", audience))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // exp, nbf and iat in seconds from now, with 5 s of skew
                "0,    -10, -10, -",
                "-4,   -10, -10, -",
                "-5,   -10, -10, EXPIRED",
                "290,    5, -10, -",
                "290,    6, -10, NOT_YET_VALID",
                "290,  -10,   5, -",
                "290,  -10,   6, ISSUED_IN_FUTURE",
                "290,  -10, -10, -",
                "291,  -10, -10, LIVES_TOO_LONG",
                "305,  -10,   5, -",
            })
    void the_clocks_may_differ_by_the_skew_and_no_more(int exp, int nbf, int iat, @Nullable TokenFault fault) {
        String claims = CLAIMS.replace("'exp':" + (NOW + 290), "'exp':" + (NOW + exp))
                .replace("'nbf':" + (NOW - 10), "'nbf':" + (NOW + nbf))
                .replace("'iat':" + (NOW - 10), "'iat':" + (NOW + iat));

        assertThat(trial.fault(token(HEADER, claims))).isEqualTo(fault);
    }

    @Test
    void a_claim_of_not_before_may_be_absent() {
        assertThat(trial.fault(claims("'nbf'", "'x'"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"iat\"            | \"x\"",
                "\"exp\"            | \"x\"",
                "\"iat\":1799999990 | \"iat\":\"1799999990\"",
                "\"iat\":1799999990 | \"iat\":null",
                "\"exp\":1800000290 | \"exp\":\"1800000290\"",
                "\"exp\":1800000290 | \"exp\":true",
                "\"nbf\":1799999990 | \"nbf\":\"1799999990\"",
                "\"nbf\":1799999990 | \"nbf\":null",
                "\"nbf\":1799999990 | \"nbf\":[1799999990]",
            })
    void dates_must_be_there_and_be_numbers_whatever_the_schema_of_claims_lets_pass(String good, String bad) {
        trial = TokenTrial.in(folder, "{}", Duration.ofMinutes(5));

        assertThat(trial.fault(token(HEADER, CLAIMS))).isNull();
        assertThat(q(CLAIMS)).contains(good);
        assertThat(trial.fault(token(HEADER, q(CLAIMS).replace(good, bad))))
                .isEqualTo(TokenFault.CLAIMS_BREAK_CONTRACT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0, -", "35, -", "36, TOO_OLD"})
    void a_token_may_be_as_old_as_the_operator_says_and_the_skew_more(int age, @Nullable TokenFault fault) {
        trial = TokenTrial.in(folder, TokenTrial.CLAIMS_SCHEMA, Duration.ofSeconds(30));

        assertThat(trial.fault(token(
                        HEADER,
                        CLAIMS.replace("'iat':" + (NOW - 10), "'iat':" + (NOW - age))
                                .replace("'exp':" + (NOW + 290), "'exp':" + (NOW + 200)))))
                .isEqualTo(fault);
    }

    @Test
    void an_unregistered_header_member_is_passed_over() {
        assertThat(trial.fault(member("'x5t':'abc','ver':2"))).isNull();
    }

    @Test
    void a_token_that_expires_before_it_is_issued_is_refused_within_the_skew_as_well() {
        assertThat(trial.fault(token(
                        HEADER,
                        CLAIMS.replace("'exp':" + (NOW + 290), "'exp':" + (NOW - 1))
                                .replace("'iat':" + (NOW - 10), "'iat':" + NOW))))
                .isEqualTo(TokenFault.EXPIRED);
    }

    @Test
    void labels_say_nothing_of_a_token() {
        assertThat(TokenFault.values())
                .allSatisfy(fault -> assertThat(fault.label()).matches("[a-z_]+"));
    }
}

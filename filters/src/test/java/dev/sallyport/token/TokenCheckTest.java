package dev.sallyport.token;

import static com.nimbusds.jose.JWSAlgorithm.PS256;
import static com.nimbusds.jose.JWSAlgorithm.RS384;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import dev.sallyport.contract.SmallPack;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.token.TokenVerdict.KeyWanted;
import dev.sallyport.token.TokenVerdict.Refused;
import dev.sallyport.token.TokenVerdict.Verified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TokenCheckTest {
    private static final long NOW = 1_800_000_000;
    private static final String HEADER = "{'alg':'RS256','typ':'JWT','kid':'good'}";
    private static final String CLAIMS =
            "{'sub':'user','iss':'issuer.invalid/project','aud':['project'],'iat':%d,'nbf':%d,'exp':%d,'session':{'id':'s'}}"
                    .formatted(NOW - 10, NOW - 10, NOW + 290);
    private static final TokenCheck.Expected EXPECTED = new TokenCheck.Expected(
            Set.of("issuer.invalid/project", "https://issuer.invalid"), "project", Set.of("friend"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TokenContract contract;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TokenCheck check;

    @BeforeEach
    void compile() {
        contract = SmallPack.in(folder)
                .with(
                        "claims.json",
                        "{'type':'object','properties':{'sub':{'type':'string'},'session':{'type':'object'},"
                                + "'iat':{'type':'number'},'nbf':{'type':'number'},'exp':{'type':'number'}},"
                                + "'required':['sub','iss','aud','iat','exp','session']}")
                .with("login/examples/accepted/good.json", "{'about':'no token','request':{'token':'t'}}")
                .contract("login")
                .sessionToken()
                .orElseThrow();
        check = new TokenCheck(contract, limits(Duration.ofMinutes(5)));
    }

    @Test
    void a_good_token_is_verified_and_its_claims_are_handed_over() {
        TokenVerdict verdict = verdict(token(HEADER, CLAIMS));

        assertThat(verdict).isInstanceOf(Verified.class);
    }

    @Test
    void a_key_that_is_not_in_the_set_is_asked_for_by_its_id() {
        assertThat(verdict(token("{'alg':'RS256','typ':'JWT','kid':'n\\u0065w'}", CLAIMS)))
                .isEqualTo(new KeyWanted("new"));
    }

    @Test
    void a_header_that_was_seen_before_is_judged_alike() {
        String none = token("{'alg':'RS256','kid':'good'}", CLAIMS);

        assertThat(fault(none)).isEqualTo(TokenFault.WRONG_TYPE);
        assertThat(fault(none)).isEqualTo(TokenFault.WRONG_TYPE);
        assertThat(fault(token(HEADER, CLAIMS))).isNull();
        assertThat(fault(token(HEADER, CLAIMS))).isNull();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("forged")
    void a_forged_token_is_refused_with_its_fault(String about, String token, TokenFault fault) {
        assertThat(fault(token)).as(about).isEqualTo(fault);
    }

    private static Stream<Arguments> forged() throws JOSEException {
        String good = token(HEADER, CLAIMS);
        String signed = good.substring(0, good.lastIndexOf('.'));
        String signature = good.substring(good.lastIndexOf('.') + 1);
        return Stream.of(
                arguments("nothing", "", TokenFault.MALFORMED),
                arguments("no dots", "abc", TokenFault.MALFORMED),
                arguments(
                        "alg none, no signature",
                        encoded("{'alg':'none','typ':'JWT'}") + "." + encoded(CLAIMS) + ".",
                        TokenFault.WRONG_ALGORITHM),
                arguments(
                        "alg none, signed",
                        header("{'alg':'none','typ':'JWT','kid':'good'}"),
                        TokenFault.WRONG_ALGORITHM),
                arguments("alg None", header("{'alg':'None','typ':'JWT','kid':'good'}"), TokenFault.WRONG_ALGORITHM),
                arguments("alg missing", header("{'typ':'JWT','kid':'good'}"), TokenFault.WRONG_ALGORITHM),
                arguments(
                        "alg in lower case",
                        header("{'alg':'rs256','typ':'JWT','kid':'good'}"),
                        TokenFault.WRONG_ALGORITHM),
                arguments("HS256 with the public key", hmac(), TokenFault.WRONG_ALGORITHM),
                arguments("RS384", signedAs(RS384), TokenFault.WRONG_ALGORITHM),
                arguments("PS256", signedAs(PS256), TokenFault.WRONG_ALGORITHM),
                arguments(
                        "PS256 under RS256",
                        signed + "." + Keys.signature(PS256, signed, Keys.GOOD),
                        TokenFault.BAD_SIGNATURE),
                arguments("wrong kid", header("{'alg':'RS256','typ':'JWT','kid':'bad'}"), TokenFault.UNKNOWN_KEY),
                arguments("no kid", header("{'alg':'RS256','typ':'JWT'}"), TokenFault.NO_KEY_ID),
                arguments("kid null", header("{'alg':'RS256','typ':'JWT','kid':null}"), TokenFault.NO_KEY_ID),
                arguments(
                        "another key under our kid",
                        Keys.token(q(HEADER), q(CLAIMS), Keys.OTHER),
                        TokenFault.BAD_SIGNATURE),
                arguments(
                        "key in the header",
                        header("{'alg':'RS256','typ':'JWT','jwk':"
                                + Keys.OTHER.toPublicJWK().toJSONString() + "}"),
                        TokenFault.KEY_IN_HEADER),
                arguments("typ missing", header("{'alg':'RS256','kid':'good'}"), TokenFault.WRONG_TYPE),
                arguments("typ other", header("{'alg':'RS256','typ':'at+jwt','kid':'good'}"), TokenFault.WRONG_TYPE),
                arguments(
                        "crit",
                        header("{'alg':'RS256','typ':'JWT','kid':'good','crit':['exp'],'exp':1}"),
                        TokenFault.CRITICAL_HEADER),
                arguments(
                        "unencoded payload",
                        header("{'alg':'RS256','typ':'JWT','kid':'good','b64':false,'crit':['b64']}"),
                        TokenFault.CRITICAL_HEADER),
                arguments(
                        "duplicate header member",
                        header("{'alg':'RS256','alg':'RS256','typ':'JWT','kid':'good'}"),
                        TokenFault.MALFORMED),
                arguments("header with trailing data", header(HEADER + "{}"), TokenFault.MALFORMED),
                arguments("header in single quotes", Keys.token(HEADER, q(CLAIMS), Keys.GOOD), TokenFault.MALFORMED),
                arguments("header with a comment", header("{/**/" + HEADER.substring(1)), TokenFault.MALFORMED),
                arguments("header escaped half", header(HEADER.replace("good", "\\ud800")), TokenFault.MALFORMED),
                arguments("header nests deep", header("{'x':[[[[[]]]]]," + HEADER.substring(1)), TokenFault.MALFORMED),
                arguments(
                        "header huge",
                        header("{'x':'" + "x".repeat(4000) + "'," + HEADER.substring(1)),
                        TokenFault.TOO_LARGE),
                arguments("kid empty", header(HEADER.replace("good", "")), TokenFault.NO_KEY_ID),
                arguments("kid a list", header(HEADER.replace("'good'", "['good']")), TokenFault.NO_KEY_ID),
                arguments("crit null", member("'crit':null"), TokenFault.CRITICAL_HEADER),
                arguments("b64 true", member("'b64':true"), TokenFault.CRITICAL_HEADER),
                arguments("jku", member("'jku':'https://issuer.invalid/keys'"), TokenFault.KEY_IN_HEADER),
                arguments("x5u", member("'x5u':'https://issuer.invalid/cert'"), TokenFault.KEY_IN_HEADER),
                arguments("x5c", member("'x5c':[]"), TokenFault.KEY_IN_HEADER),
                arguments("jwk null", member("'jwk':null"), TokenFault.KEY_IN_HEADER),
                arguments("zip", member("'zip':'DEF'"), TokenFault.UNSUPPORTED_HEADER),
                arguments("enc", member("'enc':'A256GCM'"), TokenFault.UNSUPPORTED_HEADER),
                arguments("cty", member("'cty':'JWT'"), TokenFault.UNSUPPORTED_HEADER),
                arguments("last character not canonical", notCanonical(good), TokenFault.MALFORMED),
                arguments("header is no object", header("'RS256'"), TokenFault.MALFORMED),
                arguments(
                        "other claims under the signature",
                        encoded(HEADER) + "." + encoded(CLAIMS.replace("user", "root")) + "." + signature,
                        TokenFault.BAD_SIGNATURE),
                arguments("signature cut short", good.substring(0, good.length() - 6), TokenFault.BAD_SIGNATURE),
                arguments("signature gone", signed + ".", TokenFault.BAD_SIGNATURE),
                arguments("claims gone", encoded(HEADER) + ".." + signature, TokenFault.MALFORMED),
                arguments("header gone", "." + encoded(CLAIMS) + "." + signature, TokenFault.MALFORMED),
                arguments("two parts", signed, TokenFault.MALFORMED),
                arguments("five parts", good + ".a.b", TokenFault.MALFORMED),
                arguments("padded", good + "==", TokenFault.MALFORMED),
                arguments("leading space", " " + good, TokenFault.MALFORMED),
                arguments("trailing line feed", good + "\n", TokenFault.MALFORMED),
                arguments("white space inside", good.replace(".", ". "), TokenFault.MALFORMED),
                arguments("not base64url", good.replace('.', '+'), TokenFault.MALFORMED),
                arguments("Bearer", "Bearer " + good, TokenFault.MALFORMED),
                arguments("huge", token(HEADER, CLAIMS.replace("user", "u".repeat(20_000))), TokenFault.TOO_LARGE),
                arguments("nested", token(HEADER, "'" + good + "'"), TokenFault.CLAIMS_BREAK_CONTRACT),
                arguments("claims are no JSON", token(HEADER, "text"), TokenFault.MALFORMED),
                arguments("claims with trailing data", token(HEADER, CLAIMS + "{}"), TokenFault.MALFORMED),
                arguments("claims cut short", token(HEADER, CLAIMS.substring(0, 20)), TokenFault.MALFORMED),
                arguments("duplicate claim", claims("'sub':'user'", "'sub':'user','sub':'root'"), TokenFault.MALFORMED),
                arguments(
                        "duplicate claim, escaped",
                        claims("'sub':'user'", "'sub':'user','s\\u0075b':'root'"),
                        TokenFault.MALFORMED),
                arguments("session claim missing", claims("'session'", "'other'"), TokenFault.CLAIMS_BREAK_CONTRACT),
                arguments(
                        "session claim of another type", claims("{'id':'s'}", "'s'"), TokenFault.CLAIMS_BREAK_CONTRACT),
                arguments("exp missing", claims("'exp'", "'x'"), TokenFault.CLAIMS_BREAK_CONTRACT),
                arguments("exp as text", claims(NOW + 290, "'" + (NOW + 290) + "'"), TokenFault.CLAIMS_BREAK_CONTRACT),
                arguments("expired", claims(NOW + 290, NOW - 6), TokenFault.EXPIRED),
                arguments("exp far in the past", claims(NOW + 290, "-1e400"), TokenFault.EXPIRED),
                arguments("exp far in the future", claims(NOW + 290, "1e400"), TokenFault.LIVES_TOO_LONG),
                arguments("exp out of all bounds", claims(NOW + 290, "1e99999999999"), TokenFault.MALFORMED),
                arguments("lifetime too long", claims(NOW + 290, NOW + 291), TokenFault.LIVES_TOO_LONG),
                arguments("issued long ago", claims("'iat':" + (NOW - 10), "'iat':0"), TokenFault.LIVES_TOO_LONG),
                arguments("nbf ahead", claims("'nbf':" + (NOW - 10), "'nbf':" + (NOW + 6)), TokenFault.NOT_YET_VALID),
                arguments(
                        "iat in the future",
                        claims("'iat':" + (NOW - 10), "'iat':" + (NOW + 6)),
                        TokenFault.ISSUED_IN_FUTURE),
                arguments(
                        "wrong iss",
                        claims("issuer.invalid/project", "other.invalid/project"),
                        TokenFault.WRONG_ISSUER),
                arguments(
                        "iss of another project",
                        claims("issuer.invalid/project", "issuer.invalid/projects"),
                        TokenFault.WRONG_ISSUER),
                arguments(
                        "look-alike iss",
                        claims("issuer.invalid/project", "issuer.invalid/pr\u043eject"),
                        TokenFault.WRONG_ISSUER),
                arguments(
                        "iss with a slash",
                        claims("issuer.invalid/project", "issuer.invalid/project/"),
                        TokenFault.WRONG_ISSUER),
                arguments(
                        "iss in capitals",
                        claims("issuer.invalid/project", "ISSUER.invalid/project"),
                        TokenFault.WRONG_ISSUER),
                arguments(
                        "iss as a list",
                        claims("'issuer.invalid/project'", "['issuer.invalid/project']"),
                        TokenFault.WRONG_ISSUER),
                arguments("wrong aud", claims("['project']", "'projects'"), TokenFault.WRONG_AUDIENCE),
                arguments("aud without us", claims("['project']", "['a','b']"), TokenFault.WRONG_AUDIENCE),
                arguments("aud empty", claims("['project']", "[]"), TokenFault.WRONG_AUDIENCE),
                arguments("aud nested", claims("['project']", "[['project']]"), TokenFault.WRONG_AUDIENCE),
                arguments("aud with a stranger", claims("['project']", "['project','x']"), TokenFault.EXTRA_AUDIENCE),
                arguments("aud with a null", claims("['project']", "[null,'project']"), TokenFault.EXTRA_AUDIENCE),
                arguments("aud with a list", claims("['project']", "[['x'],'project']"), TokenFault.EXTRA_AUDIENCE),
                arguments("aud of a friend", claims("['project']", "['friend']"), TokenFault.WRONG_AUDIENCE),
                arguments("aud as a member name", claims("['project']", "[{'project':1}]"), TokenFault.WRONG_AUDIENCE),
                arguments(
                        "aud as a member value", claims("['project']", "[{'a':'project'}]"), TokenFault.WRONG_AUDIENCE),
                arguments("aud an object", claims("['project']", "{'a':'project'}"), TokenFault.WRONG_AUDIENCE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"['friend','project']", "'project'", "['project','project']", "['project','friend']"})
    void an_audience_may_be_one_name_or_a_list_with_it_and_those_that_the_operator_names(String audience) {
        assertThat(fault(claims("['project']", audience))).isNull();
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

        assertThat(fault(token(HEADER, claims))).isEqualTo(fault);
    }

    @Test
    void a_claim_of_not_before_may_be_absent() {
        assertThat(fault(claims("'nbf'", "'x'"))).isNull();
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
        TokenContract careless = SmallPack.in(folder)
                .with("claims.json", "{}")
                .with("login/examples/accepted/good.json", "{'about':'no token','request':{'token':'t'}}")
                .contract("login")
                .sessionToken()
                .orElseThrow();
        check = new TokenCheck(careless, limits(Duration.ofMinutes(5)));

        assertThat(fault(token(HEADER, CLAIMS))).isNull();
        assertThat(q(CLAIMS)).contains(good);
        assertThat(fault(token(HEADER, q(CLAIMS).replace(good, bad)))).isEqualTo(TokenFault.CLAIMS_BREAK_CONTRACT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0, -", "35, -", "36, TOO_OLD"})
    void a_token_may_be_as_old_as_the_operator_says_and_the_skew_more(int age, @Nullable TokenFault fault) {
        check = new TokenCheck(contract, limits(Duration.ofSeconds(30)));

        assertThat(fault(token(
                        HEADER,
                        CLAIMS.replace("'iat':" + (NOW - 10), "'iat':" + (NOW - age))
                                .replace("'exp':" + (NOW + 290), "'exp':" + (NOW + 200)))))
                .isEqualTo(fault);
    }

    @Test
    void a_header_member_that_means_nothing_to_anybody_is_passed_over() {
        assertThat(fault(member("'x5t':'abc','ver':2"))).isNull();
    }

    @Test
    void a_token_that_expires_before_it_is_issued_is_refused_within_the_skew_as_well() {
        assertThat(fault(token(
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

    private TokenVerdict verdict(String token) {
        return check.check(token, Keys.set(Keys.GOOD), EXPECTED, Instant.ofEpochSecond(NOW));
    }

    private @Nullable TokenFault fault(String token) {
        TokenVerdict verdict = verdict(token);
        if (verdict instanceof KeyWanted) {
            return TokenFault.UNKNOWN_KEY;
        }
        return verdict instanceof Refused refused ? refused.fault() : null;
    }

    private static String q(String text) {
        return text.replace('\'', '"');
    }

    private static String encoded(String text) {
        return Keys.encoded(q(text));
    }

    private static String token(String header, String claims) {
        return Keys.token(q(header), q(claims), Keys.GOOD);
    }

    private static String header(String header) {
        return token(header, CLAIMS);
    }

    private static String claims(Object good, Object bad) {
        return token(HEADER, CLAIMS.replace(good.toString(), bad.toString()));
    }

    /** A token with one more header member. */
    private static String member(String member) {
        return header("{" + member + "," + HEADER.substring(1));
    }

    /** The same bytes, written with another last character: of a signature of 256 bytes, four bits of it do not count. */
    private static String notCanonical(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (char) (last + 1);
    }

    private static TokenLimits limits(Duration maxAge) {
        return new TokenLimits(Duration.ofSeconds(5), maxAge, 16 * 1024);
    }

    private static String signedAs(JWSAlgorithm algorithm) {
        String signed = encoded(HEADER.replace("RS256", algorithm.getName())) + "." + encoded(CLAIMS);
        return signed + "." + Keys.signature(algorithm, signed, Keys.GOOD);
    }

    /** The classic: the public key, which everybody has, as the secret of an HMAC. */
    private static String hmac() throws JOSEException {
        String signed = encoded(HEADER.replace("RS256", "HS256")) + "." + encoded(CLAIMS);
        byte[] publicKey = Keys.GOOD.toRSAPublicKey().getEncoded();
        var signature = new MACSigner(publicKey)
                .sign(new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + signature;
    }
}

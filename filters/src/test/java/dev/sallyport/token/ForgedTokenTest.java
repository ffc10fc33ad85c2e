package dev.sallyport.token;

import static com.nimbusds.jose.JWSAlgorithm.PS256;
import static com.nimbusds.jose.JWSAlgorithm.RS384;
import static dev.sallyport.token.TokenTexts.CLAIMS;
import static dev.sallyport.token.TokenTexts.HEADER;
import static dev.sallyport.token.TokenTexts.NOW;
import static dev.sallyport.token.TokenTexts.claims;
import static dev.sallyport.token.TokenTexts.encoded;
import static dev.sallyport.token.TokenTexts.header;
import static dev.sallyport.token.TokenTexts.member;
import static dev.sallyport.token.TokenTexts.q;
import static dev.sallyport.token.TokenTexts.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import dev.sallyport.token.keys.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are forged, cut, glued or made for another audience. Long because it is one table of them. */
final class ForgedTokenTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private TokenTrial trial;

    @BeforeEach
    void compile(@TempDir Path folder) {
        trial = TokenTrial.in(folder);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("forged")
    void a_forged_token_is_refused_with_its_fault(String about, String token, TokenFault fault) {
        assertThat(trial.fault(token)).as(about).isEqualTo(fault);
    }

    private static Stream<Arguments> forged() throws JOSEException {
        String good = token(HEADER, CLAIMS);
        String signed = good.substring(0, good.lastIndexOf('.'));
        String signature = good.substring(good.lastIndexOf('.') + 1);
        return Stream.of(
                arguments("nothing", "", TokenFault.MALFORMED),
                arguments("no dots", "abc", TokenFault.MALFORMED),
                arguments("a letter of two surrogates", "\ud83d\ude00.a.bb", TokenFault.MALFORMED),
                arguments("an unpaired surrogate", "aa\ud83d.aaaa.bb", TokenFault.MALFORMED),
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

    /** The same bytes, written with another last character: of a signature of 256 bytes, four bits of it do not count. */
    private static String notCanonical(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (char) (last + 1);
    }

    private static String signedAs(JWSAlgorithm algorithm) {
        String signed = encoded(HEADER.replace("RS256", algorithm.getName())) + "." + encoded(CLAIMS);
        return signed + "." + Keys.signature(algorithm, signed, Keys.GOOD);
    }

    /** The classic: the public key, which every caller has, as the secret of an HMAC. */
    private static String hmac() throws JOSEException {
        String signed = encoded(HEADER.replace("RS256", "HS256")) + "." + encoded(CLAIMS);
        byte[] publicKey = Keys.GOOD.toRSAPublicKey().getEncoded();
        var signature = new MACSigner(publicKey)
                .sign(new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + signature;
    }
}

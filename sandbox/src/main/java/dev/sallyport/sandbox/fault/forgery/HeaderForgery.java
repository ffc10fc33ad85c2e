package dev.sallyport.sandbox.fault.forgery;

import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What can be wrong with a token's header, its algorithm first of all. */
enum HeaderForgery implements Forgery {
    ALG_NONE_SIGNED(
            "The JWT says alg none and keeps a genuine signature.",
            forge -> forge.header(header -> header.put("alg", "none"))),
    ALG_NONE_MIXED_CASE("The JWT says alg nOnE and has no signature.", forge -> forge.inputFor("nOnE") + "."),
    ALG_HS256_PEM(
            "The JWT says alg HS256, with the published public key (PEM) as the secret.",
            forge -> Signatures.hmac(forge.inputFor("HS256"), 256, pem(forge))),
    ALG_HS256_MODULUS(
            "The JWT says alg HS256, with the published modulus as the secret.",
            forge -> Signatures.hmac(forge.inputFor("HS256"), 256, modulus(forge))),
    ALG_HS256_JWK(
            "The JWT says alg HS256, with the published JWK as the secret.",
            forge -> Signatures.hmac(forge.inputFor("HS256"), 256, jwk(forge))),
    ALG_HS512(
            "The JWT says alg HS512, with the published public key (DER) as the secret.",
            forge -> Signatures.hmac(
                    forge.inputFor("HS512"), 512, forge.key().publicKey().getEncoded())),
    ALG_RS384(
            "The JWT says alg RS384, and is signed so with the genuine key.",
            forge -> Signatures.rs384(forge.inputFor("RS384"), forge.key().privateKey())),
    ALG_RS512(
            "The JWT says alg RS512, and is signed so with the genuine key.",
            forge -> Signatures.rs512(forge.inputFor("RS512"), forge.key().privateKey())),
    ALG_PS256(
            "The JWT says alg PS256, and is signed so with the genuine key.",
            forge -> Signatures.ps256(forge.inputFor("PS256"), forge.key().privateKey())),
    ALG_ES256(
            "The JWT says alg ES256, and is signed with a curve's key.",
            forge -> Signatures.es256(forge.inputFor("ES256"))),
    ALG_ES256_ZERO(
            "The JWT says alg ES256, with a signature of zeros (CVE-2022-21449).",
            forge -> Signatures.of(forge.inputFor("ES256"), new byte[64])),
    ALG_LOWER_CASE(
            "The JWT says alg rs256, genuinely signed.", forge -> forge.header(header -> header.put("alg", "rs256"))),
    ALG_WITH_SPACE(
            "The JWT's alg has a space behind it, genuinely signed.",
            forge -> forge.header(header -> header.put("alg", "RS256 "))),
    ALG_MISSING("The JWT names no alg, genuinely signed.", forge -> forge.header(header -> header.remove("alg"))),
    ALG_NULL("The JWT's alg is null, genuinely signed.", forge -> forge.header(header -> header.putNull("alg"))),
    ALG_LIST(
            "The JWT's alg is a list, genuinely signed.",
            forge -> forge.header(header -> header.putArray("alg").add("RS256"))),
    RS384_AS_RS256(
            "The JWT says alg RS256, and is signed as RS384 with the genuine key.",
            forge -> Signatures.rs384(forge.inputFor("RS256"), forge.key().privateKey())),
    PS256_AS_RS256(
            "The JWT says alg RS256, and is signed as PS256 with the genuine key.",
            forge -> Signatures.ps256(forge.inputFor("RS256"), forge.key().privateKey())),
    TYP_MISSING("The JWT has no typ, genuinely signed.", forge -> forge.header(header -> header.remove("typ"))),
    TYP_LOWER_CASE(
            "The JWT's typ is jwt, genuinely signed.", forge -> forge.header(header -> header.put("typ", "jwt"))),
    TYP_ACCESS_TOKEN(
            "The JWT's typ is at+jwt (RFC 9068), genuinely signed.",
            forge -> forge.header(header -> header.put("typ", "at+jwt"))),
    TYP_LOGOUT_TOKEN(
            "The JWT's typ is logout+jwt, genuinely signed.",
            forge -> forge.header(header -> header.put("typ", "logout+jwt"))),
    CRIT_UNKNOWN(
            "The JWT has an unknown critical header member, genuinely signed.",
            forge -> forge.header(
                    header -> header.put("sandbox", 1).putArray("crit").add("sandbox"))),
    CRIT_KNOWN(
            "The JWT's crit names a registered member, genuinely signed.",
            forge -> forge.header(header -> header.putArray("crit").add("alg"))),
    CRIT_EMPTY(
            "The JWT's crit is an empty list, genuinely signed.",
            forge -> forge.header(header -> header.putArray("crit"))),
    CRIT_NULL("The JWT's crit is null, genuinely signed.", forge -> forge.header(header -> header.putNull("crit"))),
    B64_FALSE(
            "The JWT says b64 false without crit, genuinely signed.",
            forge -> forge.header(header -> header.put("b64", false))),
    B64_FALSE_CRITICAL(
            "The JWT says b64 false as RFC 7797 has it, with its claims in plain text.", HeaderForgery::unencoded),
    ZIP("The JWT says zip DEF, genuinely signed.", forge -> forge.header(header -> header.put("zip", "DEF"))),
    CTY_JWT("The JWT says cty JWT, genuinely signed.", forge -> forge.header(header -> header.put("cty", "JWT"))),
    ENC(
            "The JWT says enc A256GCM as if it were encrypted, genuinely signed.",
            forge -> forge.header(header -> header.put("enc", "A256GCM"))),
    HEADER_DUPLICATE_ALG(
            "The JWT's header has alg twice, none first; genuinely signed.",
            forge -> text(forge, "{\"alg\":\"none\",")),
    HEADER_DUPLICATE_KID(
            "The JWT's header has kid twice, once escaped; genuinely signed.",
            forge -> text(forge, "{\"k\\u0069d\":\"other\",")),
    HEADER_TRAILING_DATA(
            "There is a second object behind the JWT's header, genuinely signed.",
            forge -> forge.signed(forge.header() + "{}", forge.claims().toString())),
    HEADER_COMMENT("The JWT's header has a comment in it, genuinely signed.", forge -> text(forge, "{/* */")),
    HEADER_SINGLE_QUOTES(
            "The JWT's header is written with single quotes, genuinely signed.",
            forge -> forge.signed(
                    forge.header().toString().replace('"', '\''), forge.claims().toString())),
    HEADER_LIST(
            "The JWT's header is a list with the header in it, genuinely signed.",
            forge -> forge.signed("[" + forge.header() + "]", forge.claims().toString())),
    HEADER_DEEP(
            "The JWT's header nests a hundred arrays deep, genuinely signed.",
            forge -> text(forge, "{\"x\":" + "[".repeat(100) + "]".repeat(100) + ",")),
    HEADER_HUGE(
            "The JWT's header has eight kilobytes, genuinely signed.",
            forge -> forge.header(header -> header.put("x", "x".repeat(8192))));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Recipe recipe;

    HeaderForgery(String sentence, Function<Forge, String> work) {
        recipe = new Recipe(sentence, work);
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    /** Returns a genuinely signed token whose header begins with other text. */
    private static String text(Forge forge, String front) {
        String header = front + forge.header().toString().substring(1);
        return forge.signed(header, forge.claims().toString());
    }

    private static String unencoded(Forge forge) {
        ObjectNode header = forge.header().put("b64", false);
        header.putArray("crit").add("b64");
        String input = Base64URL.encode(header.toString()) + "." + forge.claims();
        return Signatures.rs256(input, forge.key().privateKey());
    }

    private static byte[] pem(Forge forge) {
        String der = Base64.encode(forge.key().publicKey().getEncoded()).toString();
        return Forge.ascii(
                "-----BEGIN PUBLIC KEY-----\n" + der.replaceAll("(.{64})", "$1\n") + "\n-----END PUBLIC KEY-----\n");
    }

    private static byte[] modulus(Forge forge) {
        return Base64URL.encode(forge.key().publicKey().getModulus()).decode();
    }

    private static byte[] jwk(Forge forge) {
        return Forge.ascii(forge.key().publicJwk().toString());
    }
}

package dev.sallyport.sandbox.fault.forgery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.sandbox.reply.Json;
import java.util.Base64;
import java.util.function.Function;

/** Tokens that are cut, glued, padded or wrapped. */
enum TextForgery implements Forgery {
    SIGNATURE_EMPTY(
            "The JWT's signature is left out, its dot is there.", forge -> forge.part(0) + "." + forge.part(1) + "."),
    SIGNATURE_MISSING("The JWT has two parts.", forge -> forge.part(0) + "." + forge.part(1)),
    SIGNATURE_CUT_SHORT(
            "The JWT's signature lacks its last bytes.",
            forge -> forge.genuine().substring(0, forge.genuine().length() - 6)),
    SIGNATURE_LONGER(
            "The JWT's signature has a zero in front.", forge -> withSignature(forge, zeroInFront(forge.part(2)))),
    SIGNATURE_ZERO("The JWT's signature is all zeros.", forge -> withSignature(forge, new byte[256])),
    SIGNATURE_ONE("The JWT's signature is the number one.", forge -> withSignature(forge, one())),
    SIGNATURE_FLIPPED(
            "One bit of the JWT's signature is wrong.", forge -> withSignature(forge, flipped(forge.part(2)))),
    SIGNATURE_OF_ANOTHER(
            "The JWT's signature is that of another genuine token.",
            forge -> forge.part(0) + "." + forge.part(1) + "." + part(forge.claims(claims -> claims.put("x", 1)), 2)),
    CLAIMS_OF_ANOTHER(
            "The JWT's claims are changed under a genuine signature.",
            forge -> forge.part(0) + "." + part(forge.claims(claims -> claims.put("x", 1)), 1) + "." + forge.part(2)),
    HEADER_OF_ANOTHER(
            "The JWT's header is changed under a genuine signature.",
            forge -> part(forge.header(header -> header.put("x", 1)), 0) + "." + forge.part(1) + "." + forge.part(2)),
    SIGNATURE_NOT_CANONICAL(
            "The JWT's last character has bits that do not count: another text, the same bytes.",
            forge -> notCanonical(forge.genuine())),
    CLAIMS_NOT_CANONICAL(
            "The last character of the JWT's claims has bits that do not count, genuinely signed.",
            TextForgery::claimsNotCanonical),
    PADDED("The JWT is padded with two equals signs.", forge -> forge.genuine() + "=="),
    HEADER_PADDED("The JWT's header is padded, genuinely signed.", TextForgery::padded),
    BASE64(
            "The JWT's signature is written in plain base64 (plus and slash).",
            forge -> forge.genuine().replace('-', '+').replace('_', '/') + "+"),
    INVALID_CHARACTER(
            "One character of the JWT's claims is not of the alphabet.",
            forge -> forge.part(0) + ".!" + forge.part(1).substring(1) + "." + forge.part(2)),
    NOT_ASCII("One character of the JWT is outside of ASCII.", forge -> forge.genuine() + "\u00e9"),
    SPACE_IN_FRONT("There is a space in front of the JWT.", forge -> " " + forge.genuine()),
    LINE_FEED_BEHIND("There is a line feed behind the JWT.", forge -> forge.genuine() + "\n"),
    LINE_FEED_INSIDE(
            "There is a line feed in the JWT's claims.",
            forge -> forge.part(0) + "." + forge.part(1).substring(0, 64) + "\r\n"
                    + forge.part(1).substring(64) + "." + forge.part(2)),
    NUL_BEHIND("There is a NUL behind the JWT.", forge -> forge.genuine() + "\0"),
    BEARER("The word Bearer stands in front of the JWT.", forge -> "Bearer " + forge.genuine()),
    QUOTED("The JWT stands in quotes.", forge -> "\"" + forge.genuine() + "\""),
    FOUR_PARTS("The JWT has four parts.", forge -> forge.genuine() + "." + forge.part(1)),
    FOUR_PARTS_EMPTY("The JWT has a dot behind it.", forge -> forge.genuine() + "."),
    TWO_TOKENS(
            "Two JWTs stand behind one another, separated by a comma.",
            forge -> forge.genuine() + "," + forge.genuine()),
    DOTS("session_jwt is two dots.", forge -> ".."),
    NESTED(
            "The JWT's claims are a JWT (RFC 7519, 5.2), said so and genuinely signed.",
            forge -> forge.signed(forge.header().put("cty", "JWT").toString(), forge.genuine())),
    NESTED_UNSAID(
            "The JWT's claims are a JWT, not said so, genuinely signed.",
            forge -> forge.signed(forge.header().toString(), forge.genuine())),
    ENCRYPTED(
            "The JWT is encrypted for the published key (JWE).",
            forge -> Signatures.encrypted(
                    forge.genuine(), forge.key().publicKey(), forge.key().id())),
    JSON_SERIALIZATION("The JWT is written as a JSON object (RFC 7515, 7.2).", TextForgery::asJson),
    HUGE(
            "The JWT's claims have a hundred kilobytes more, genuinely signed.",
            forge -> forge.claims(claims -> claims.put("x", "x".repeat(100 << 10))));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Recipe recipe;

    TextForgery(String sentence, Function<Forge, String> work) {
        recipe = new Recipe(sentence, work);
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static String part(String token, int index) {
        return token.split("\\.", -1)[index];
    }

    private static String withSignature(Forge forge, byte[] signature) {
        return Signatures.of(forge.part(0) + "." + forge.part(1), signature);
    }

    private static byte[] zeroInFront(String signature) {
        byte[] bytes = new Base64URL(signature).decode();
        byte[] longer = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, longer, 1, bytes.length);
        return longer;
    }

    private static byte[] one() {
        byte[] number = new byte[256];
        number[255] = 1;
        return number;
    }

    private static byte[] flipped(String signature) {
        byte[] bytes = new Base64URL(signature).decode();
        bytes[17] ^= 4;
        return bytes;
    }

    /** Returns a text whose last character is the next one: of its bits, the last four or two do not count. */
    private static String notCanonical(String text) {
        int last = ALPHABET.indexOf(text.charAt(text.length() - 1));
        return text.substring(0, text.length() - 1) + ALPHABET.charAt(last + 1);
    }

    /** Returns a token whose claims are padded with spaces until their last character has bits to spare. */
    private static String claimsNotCanonical(Forge forge) {
        String claims = forge.claims().toString();
        String spare = Base64URL.encode(claims + " ".repeat((4 - claims.getBytes(UTF_8).length % 3) % 3))
                .toString();
        return Signatures.rs256(
                forge.part(0) + "." + notCanonical(spare), forge.key().privateKey());
    }

    private static String padded(Forge forge) {
        Base64.Encoder encoder = Base64.getUrlEncoder();
        String input = encoder.encodeToString((forge.header()
                                + " ".repeat(4 - forge.header().toString().length() % 3))
                        .getBytes(UTF_8))
                + "." + forge.part(1);
        return Signatures.rs256(input, forge.key().privateKey());
    }

    private static String asJson(Forge forge) {
        return Json.object()
                .put("protected", forge.part(0))
                .put("payload", forge.part(1))
                .put("signature", forge.part(2))
                .toString();
    }
}

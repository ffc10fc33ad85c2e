package dev.sallyport.sandbox.fault.forgery;

import java.util.Locale;
import java.util.function.Function;

/** Whose key it is, and what a token says of its key. */
enum KeyForgery implements Forgery {
    OTHER_PROJECT_KEY(
            "The JWT is signed with another project's key, under that key's own id.",
            forge -> forge.header(
                    header -> header.put("kid", forge.otherProject().id()), forge.otherProject())),
    OTHER_PROJECT_KEY_AS_OURS(
            "The JWT is signed with another project's key, under the id of one of ours.",
            forge -> forge.header(header -> {}, forge.otherProject())),
    KID_MISSING("The JWT names no kid, genuinely signed.", forge -> forge.header(header -> header.remove("kid"))),
    KID_EMPTY("The JWT's kid is empty, genuinely signed.", forge -> forge.header(header -> header.put("kid", ""))),
    KID_NULL("The JWT's kid is null, genuinely signed.", forge -> forge.header(header -> header.putNull("kid"))),
    KID_NUMBER("The JWT's kid is a number, genuinely signed.", forge -> forge.header(header -> header.put("kid", 1))),
    KID_LIST(
            "The JWT's kid is a list with the genuine one in it, genuinely signed.",
            forge -> forge.header(
                    header -> header.putArray("kid").add(forge.key().id()))),
    KID_CAPITALS(
            "The JWT's kid is in capitals, genuinely signed.",
            forge -> forge.header(header -> header.put("kid", forge.key().id().toUpperCase(Locale.ROOT)))),
    KID_WITH_SPACE(
            "The JWT's kid has a space behind it, genuinely signed.",
            forge -> forge.header(header -> header.put("kid", forge.key().id() + " "))),
    KID_PATH(
            "The JWT's kid is a path to an empty file, genuinely signed.",
            forge -> forge.header(header -> header.put("kid", "../../../../dev/null"))),
    KID_QUERY(
            "The JWT's kid is a piece of SQL, genuinely signed.",
            forge -> forge.header(header -> header.put("kid", "x' UNION SELECT 'key"))),
    JWK_EMBEDDED(
            "The JWT brings the forger's key, under that key's own id.",
            forge -> forge.header(
                    header -> header.put("kid", forge.forger().id())
                            .set("jwk", forge.forger().publicJwk()),
                    forge.forger())),
    JWK_EMBEDDED_AS_OURS(
            "The JWT brings the forger's key, under the id of one of ours.",
            forge -> forge.header(header -> header.set("jwk", forge.forger().publicJwk()), forge.forger())),
    JWK_EMBEDDED_GENUINE(
            "The JWT brings the genuine key and is genuinely signed.",
            forge -> forge.header(header -> header.set("jwk", forge.key().publicJwk()))),
    JKU(
            "The JWT says where the forger's keys are published.",
            forge -> forge.header(
                    header -> header.put("kid", forge.forger().id()).put("jku", "http://127.0.0.1:1/jwks"),
                    forge.forger())),
    JKU_GENUINE(
            "The JWT says where keys are published, genuinely signed.",
            forge -> forge.header(header -> header.put("jku", "http://127.0.0.1:1/jwks"))),
    X5U(
            "The JWT says where the forger's certificate is.",
            forge -> forge.header(header -> header.put("x5u", "http://127.0.0.1:1/certificate.pem"), forge.forger())),
    X5C(
            "The JWT brings the forger's certificate.",
            forge -> forge.header(
                    header -> header.putArray("x5c").add(forge.forger().certificate()), forge.forger()));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Recipe recipe;

    KeyForgery(String sentence, Function<Forge, String> work) {
        recipe = new Recipe(sentence, work);
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }
}

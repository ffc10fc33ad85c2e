package dev.sallyport.sandbox.fault.forgery;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Issuers and audiences that look like the genuine ones, in tokens that are genuinely signed. */
enum NamesForgery implements Forgery {
    ISSUER_SUFFIX(
            "The JWT's iss is the genuine one as the beginning of a longer name.",
            forge -> issuer(forge, issuer -> issuer + ".example.com")),
    ISSUER_PREFIX(
            "The JWT's iss is the genuine one behind another name.",
            forge -> issuer(forge, issuer -> "login.example.com/" + issuer)),
    ISSUER_SUBDOMAIN(
            "The JWT's iss has the provider's name as the beginning of a host.",
            forge -> issuer(forge, issuer -> issuer.replace("stytch.com", "stytch.com.example.com"))),
    ISSUER_CAPITALS("The JWT's iss is in capitals.", forge -> issuer(forge, issuer -> issuer.toUpperCase(Locale.ROOT))),
    ISSUER_SLASH("The JWT's iss has a slash behind it.", forge -> issuer(forge, issuer -> issuer + "/")),
    ISSUER_SCHEME("The JWT's iss has https in front.", forge -> issuer(forge, issuer -> "https://" + issuer)),
    ISSUER_HOMOGLYPH(
            "The JWT's iss has a Cyrillic letter that looks like a Latin one.",
            forge -> issuer(forge, issuer -> issuer.replace('c', '\u0441'))),
    ISSUER_FULL_WIDTH(
            "The JWT's iss has a full-width dot, which some normal forms make a dot.",
            forge -> issuer(forge, issuer -> issuer.replace('.', '\uff0e'))),
    ISSUER_INVISIBLE(
            "The JWT's iss has a zero-width space in it.",
            forge -> issuer(forge, issuer -> issuer.replace(".", "\u200b."))),
    ISSUER_SPACE("The JWT's iss has a space behind it.", forge -> issuer(forge, issuer -> issuer + " ")),
    ISSUER_ENCODED(
            "The JWT's iss has its dot percent-encoded.", forge -> issuer(forge, issuer -> issuer.replace(".", "%2E"))),
    ISSUER_NUL("The JWT's iss ends with a NUL and more.", forge -> issuer(forge, issuer -> issuer + "\0.example.com")),
    ISSUER_LIST(
            "The JWT's iss is a list with the genuine one in it.",
            forge -> forge.claims(
                    claims -> claims.putArray("iss").add(forge.claims().path("iss")))),
    AUDIENCE_EXTRA(
            "The JWT's aud names the project and another audience.",
            forge -> forge.claims(claims -> claims.withArray("/aud").add("https://api.example.com"))),
    AUDIENCE_OTHERS(
            "The JWT's aud names two others.",
            forge -> forge.claims(claims ->
                    claims.putArray("aud").add("https://api.example.com").add("project-test"))),
    AUDIENCE_PREFIX(
            "The JWT's aud is the beginning of our name.",
            forge -> audience(forge, name -> name.substring(0, name.length() - 1))),
    AUDIENCE_SUFFIX(
            "The JWT's aud is our name with something behind it.", forge -> audience(forge, name -> name + "0")),
    AUDIENCE_CAPITALS(
            "The JWT's aud is our name in capitals.", forge -> audience(forge, name -> name.toUpperCase(Locale.ROOT))),
    AUDIENCE_JOINED(
            "The JWT's aud is one string with our name and another, separated by a space.",
            forge -> audience(forge, name -> name + " https://api.example.com")),
    AUDIENCE_EMPTY("The JWT's aud is an empty list.", forge -> forge.claims(claims -> claims.putArray("aud"))),
    AUDIENCE_NESTED(
            "The JWT's aud is a list in a list.",
            forge -> forge.claims(claims -> claims.putArray("aud").addArray().add("project"))),
    AUDIENCE_OBJECT(
            "The JWT's aud is an object.",
            forge -> forge.claims(claims -> claims.putObject("aud").put("project", true))),
    AUDIENCE_NULL(
            "The JWT's aud has a null beside our name.",
            forge -> forge.claims(claims -> claims.withArray("/aud").addNull()));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Recipe recipe;

    NamesForgery(String sentence, Function<Forge, String> work) {
        recipe = new Recipe(sentence, work);
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    private static String issuer(Forge forge, UnaryOperator<String> change) {
        return forge.claims(
                claims -> claims.put("iss", change.apply(claims.path("iss").asString())));
    }

    private static String audience(Forge forge, UnaryOperator<String> change) {
        String genuine = forge.claims().path("aud").path(0).asString();
        return forge.claims(claims -> claims.putArray("aud").add(change.apply(genuine)));
    }
}

package dev.sallyport.token;

import dev.sallyport.token.keys.Keys;

/** A good token, and tokens that differ from it in one thing. Double quotes may be written as single ones. */
final class TokenTexts {
    static final long NOW = 1_800_000_000;
    static final String HEADER = "{'alg':'RS256','typ':'JWT','kid':'good'}";
    static final String CLAIMS =
            "{'sub':'user','iss':'issuer.invalid/project','aud':['project'],'iat':%d,'nbf':%d,'exp':%d,'session':{'id':'s'}}"
                    .formatted(NOW - 10, NOW - 10, NOW + 290);

    private TokenTexts() {}

    static String q(String text) {
        return text.replace('\'', '"');
    }

    static String encoded(String text) {
        return Keys.encoded(q(text));
    }

    static String token(String header, String claims) {
        return Keys.token(q(header), q(claims), Keys.GOOD);
    }

    static String header(String header) {
        return token(header, CLAIMS);
    }

    static String claims(Object good, Object bad) {
        return token(HEADER, CLAIMS.replace(good.toString(), bad.toString()));
    }

    /** A token with one more header member. */
    static String member(String member) {
        return header("{" + member + "," + HEADER.substring(1));
    }
}

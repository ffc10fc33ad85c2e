package dev.sallyport.contract;

/**
 * The signature algorithms (RFC 7518, 3.1) that a pack may pin a kind of session token to. All of them have a public key:
 * with a shared secret, or none, a verifier could sign as well.
 */
public enum TokenAlgorithm {
    RS256(Family.RSA),
    RS384(Family.RSA),
    RS512(Family.RSA),
    PS256(Family.RSA),
    PS384(Family.RSA),
    PS512(Family.RSA),
    ES256(Family.EC),
    ES384(Family.EC),
    ES512(Family.EC);

    /** What kind of key it takes. */
    public enum Family {
        RSA,
        EC
    }

    private final Family family;

    TokenAlgorithm(Family family) {
        this.family = family;
    }

    public Family family() {
        return family;
    }

    /** Whether signatures are those of RSASSA-PKCS1-v1_5 (RFC 7518, 3.3). */
    public boolean isPkcs1() {
        return name().startsWith("RS");
    }
}

package dev.sallyport.sandbox.issuer;

import dev.sallyport.sandbox.reply.ErrorType;

/** What may be wrong with a trusted auth token, and what the provider says to it. */
public enum TrustedTokenFlaw {
    WRONG_AUDIENCE(ErrorType.JWT_INVALID_AUDIENCE),
    WRONG_ISSUER(ErrorType.JWT_INVALID_ISSUER),
    EXPIRED(ErrorType.JWT_INVALID_CLAIMS),
    WITHOUT_EMAIL(ErrorType.JWT_INVALID_CLAIMS),
    WITHOUT_TOKEN_ID(ErrorType.JWT_INVALID_CLAIMS),
    WITHOUT_ORGANIZATION(ErrorType.TOKEN_MISSING_ORGANIZATION_ID_CLAIM),
    UNKNOWN_ORGANIZATION(ErrorType.INVALID_TOKEN_ORGANIZATION_ID_CLAIM),
    UNKNOWN_EMAIL(ErrorType.MEMBER_NOT_FOUND),
    WRONG_EXTERNAL_ID(ErrorType.TRUSTED_TOKEN_PROFILE_INCORRECT_EXTERNAL_ID_MAPPING),
    UNKNOWN_KEY(ErrorType.INVALID_TRUSTED_AUTH_TOKEN),
    BAD_SIGNATURE(ErrorType.INVALID_TRUSTED_AUTH_TOKEN),
    UNSIGNED(ErrorType.INVALID_TRUSTED_AUTH_TOKEN);

    private final ErrorType answer;

    TrustedTokenFlaw(ErrorType answer) {
        this.answer = answer;
    }

    /**
     * Returns the {@code error_type} that a member's attestation with such a token gets, the organization not being named in
     * the request. A user's has no use for an organization.
     */
    public String errorType() {
        return answer.wireName();
    }
}

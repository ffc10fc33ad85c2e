package dev.sallyport.sandbox.accesstoken;

import dev.sallyport.sandbox.reply.ErrorType;

/** What may be wrong with an access token, and what the provider says to it. */
public enum AccessTokenFlaw {
    WITHOUT_FULL_ACCESS(ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_MISSING_FULL_ACCESS),
    TOO_OLD(ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_TOO_OLD),
    EXPIRED(ErrorType.IDP_ACCESS_TOKEN_EXPIRED),
    BAD_SIGNATURE(ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_INVALID_GRANT),
    UNKNOWN_SUBJECT(ErrorType.IDP_ACCESS_TOKEN_NOT_FOUND);

    private final ErrorType answer;

    AccessTokenFlaw(ErrorType answer) {
        this.answer = answer;
    }

    /** Returns the {@code error_type} that an exchange of such a token gets. */
    public String errorType() {
        return answer.wireName();
    }
}

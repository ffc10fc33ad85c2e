package dev.sallyport.sandbox.reply;

import java.util.Locale;

/**
 * The provider's errors that the sandbox can give, with status and message. Where the provider publishes a message it
 * stands here word for word; the others say the same in our words, with status 400 unless the name says not-found.
 */
public enum ErrorType {
    BAD_REQUEST(400, "The submitted request is invalid."),
    INVALID_PROJECT_ID_AUTHENTICATION(
            400,
            "The project ID provided in the basic authentication header is invalid. Please check to make sure the format is"
                    + " correct and there are no trailing whitespaces. To create a new project or confirm an existing"
                    + " project ID please visit the Stytch dashboard here: https://stytch.com/dashboard/api-keys"),
    LIVE_ID_USED_IN_TEST_ENVIRONMENT(400, "A live project ID was used in the test environment."),
    INVALID_B2B_ENDPOINT(
            400,
            "The provided project_id is a Consumer project and this endpoint is only enabled for B2B projects. Please go"
                    + " to https://stytch.com/docs/home for the consumer version."),
    INVALID_CONSUMER_ENDPOINT(400, "This endpoint is only enabled for consumer projects."),
    INVALID_SESSION_TOKEN(400, "Session token format is invalid."),
    INVALID_SESSION_DURATION_MINUTES(
            400, "session_duration_minutes is invalid, should be between 5 to 527040 minutes."),
    INVALID_LOCALE(400, "locale is invalid."),
    TOO_MANY_SESSION_ARGUMENTS(
            400,
            "Please include at most one of session_token, session_jwt, or intermediate_session_token in an authenticate"
                    + " request, not multiple."),
    NO_SESSION_REVOKE_ARGUMENTS(400, "Please include one field that names what to revoke."),
    TOO_MANY_SESSION_REVOKE_ARGUMENTS(400, "Please include only one field that names what to revoke."),
    NO_SESSION_ARGUMENTS(400, "Please include one of session_token or session_jwt."),
    UNABLE_TO_PARSE_SESSION_JWT(400, "The session_jwt could not be parsed."),
    CUSTOM_CLAIMS_TOO_LARGE(400, "The custom claims are larger than 4 KB."),
    STYTCH_CLAIMS_IN_CUSTOM_CLAIMS(400, "Custom claims may not use names that are reserved for Stytch."),
    MIGRATE_FROM_EXTERNAL_MISSING_USERINFO(400, "The userinfo endpoint did not return a valid email."),
    MIGRATE_FROM_EXTERNAL_EMAIL_DOES_NOT_EXIST(400, "The email from the userinfo endpoint does not exist."),
    MIGRATE_FROM_EXTERNAL_UNEXPECTED_RESPONSE(400, "The userinfo endpoint returned an unexpected response."),
    INSUFFICIENT_FACTORS_FOR_SESSION_EXCHANGE(400, "The session has no factor that can be exchanged."),
    MEMBER_DOES_NOT_EXIST_IN_ORGANIZATION(400, "The member does not exist in the organization."),
    INVALID_INTERMEDIATE_SESSION_TOKEN_FOR_ORGANIZATION(
            400, "The intermediate session token is not valid for the organization."),
    EMAIL_JIT_PROVISIONING_NOT_ALLOWED(400, "The organization does not allow JIT provisioning by email."),
    OAUTH_ACCESS_TOKEN_EXCHANGE_MISSING_FULL_ACCESS(400, "The access token does not have the full_access scope."),
    OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_INVALID_GRANT(400, "The access token is invalid."),
    OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_TOO_OLD(400, "The access token is too old to be exchanged."),
    IDP_ACCESS_TOKEN_EXPIRED(400, "The access token has expired."),
    INVALID_TRUSTED_AUTH_TOKEN(400, "The trusted auth token is invalid."),
    TRUSTED_TOKEN_PROFILE_INVALID_REQUEST(400, "The keys of the trusted token profile could not be read."),
    TRUSTED_TOKEN_PROFILE_INCORRECT_EXTERNAL_ID_MAPPING(
            400, "The external ID in the trusted auth token does not belong to the member."),
    TOKEN_MISSING_ORGANIZATION_ID_CLAIM(
            400, "The trusted auth token has no organization ID claim and the request has no organization_id."),
    INVALID_TOKEN_ORGANIZATION_ID_CLAIM(400, "The organization ID claim of the trusted auth token is invalid."),
    JWT_INVALID_AUDIENCE(400, "The JWT's audience is invalid."),
    JWT_INVALID_ISSUER(400, "The JWT's issuer is invalid."),
    JWT_INVALID_CLAIMS(400, "The JWT's claims are invalid."),
    MEMBER_SESSION_MEMBER_ID_MISMATCH(400, "The session belongs to another member."),
    UNAUTHORIZED_CREDENTIALS(401, "Unauthorized credentials."),
    CONSUMER_SESSION_AUTHORIZATION_ERROR(
            403, "The User is not authorized to perform the requested action on that resource."),
    SESSION_AUTHORIZATION_ERROR(403, "The Member is not authorized to perform the requested action on that resource."),
    SESSION_AUTHORIZATION_TENANCY_ERROR(403, "The Member belongs to another organization."),
    ROUTE_NOT_FOUND(404, "The route provided is not supported."),
    SESSION_NOT_FOUND(404, "Session could not be found."),
    INTERMEDIATE_SESSION_NOT_FOUND(404, "Intermediate session could not be found."),
    IDP_ACCESS_TOKEN_NOT_FOUND(404, "Access token could not be found."),
    IDP_ACCESS_TOKEN_COULD_NOT_BE_EXCHANGED(404, "The access token could not be exchanged."),
    USER_NOT_FOUND(404, "User could not be found."),
    ORGANIZATION_NOT_FOUND(404, "Organization could not be found."),
    MEMBER_NOT_FOUND(404, "Member could not be found."),
    TELEMETRY_ID_NOT_FOUND(404, "The telemetry_id provided was not found."),
    TRUSTED_TOKEN_PROFILE_NOT_FOUND(404, "Trusted token profile could not be found."),
    METHOD_NOT_ALLOWED(405, "The method is not allowed for this route."),
    TOO_MANY_REQUESTS(429, "Too many requests have been made."),
    INTERNAL_SERVER_ERROR(
            500,
            "Oops, something seems to have gone wrong, please reach out to support@stytch.com to let us know what went"
                    + " wrong."),
    SERVER_UNAVAILABLE(
            503,
            "Oops, something seems to have gone wrong. Please retry the request. If this issue persists, please reach out"
                    + " to support.");

    private final int status;
    private final String message;

    ErrorType(int status, String message) {
        this.status = status;
        this.message = message;
    }

    public int status() {
        return status;
    }

    public String message() {
        return message;
    }

    /** Returns the name that goes out as {@code error_type}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.sallyport.rejection;

/**
 * Why the gateway refused. The names are public: they stand in the {@code Sallyport-Rejection} header, in logs and in
 * metric labels, and never change.
 *
 * <p>No error type here is one of those on which the provider's SDKs log a user out ({@code unauthorized_credentials},
 * {@code user_unauthenticated}, {@code invalid_secret_authentication}, {@code session_not_found}): the gateway's own trouble
 * must not end a user's session.
 */
public enum Reason {
    UNKNOWN_OPERATION(404, "route_not_found", Fault.CALLER),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", Fault.CALLER),
    MALFORMED_HTTP(400, "bad_request", Fault.CALLER),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", Fault.CALLER),
    BODY_TOO_LARGE(413, "request_too_large", Fault.CALLER),
    BODY_UNREADABLE(400, "bad_request", Fault.CALLER),
    BODY_TOO_SLOW(408, "request_timeout", Fault.CALLER),
    HEADERS_TOO_LARGE(431, "request_headers_too_large", Fault.CALLER),
    UNKNOWN_PROJECT(403, "project_not_allowed", Fault.CALLER),
    CALLER_UNPROVEN(401, "caller_unproven", Fault.CALLER),
    CALLER_NOT_PERMITTED(403, "caller_not_permitted", Fault.CALLER),
    REQUEST_BREAKS_CONTRACT(400, "bad_request", Fault.CALLER),
    IDEMPOTENCY_KEY_INVALID(400, "invalid_idempotency_key", Fault.CALLER),
    DUPLICATE_CALL_IN_FLIGHT(409, "idempotency_conflict", Fault.CALLER),
    IDEMPOTENCY_KEY_REUSED(422, "idempotency_key_reused", Fault.CALLER),
    CALL_OUTCOME_UNKNOWN(409, "idempotency_outcome_unknown", Fault.CALLER),
    STORED_ANSWER_GONE(410, "idempotency_answer_gone", Fault.CALLER),
    DEVICE_REFUSED(403, "device_refused", Fault.CALLER),
    RATE_LIMITED(429, "too_many_requests", Fault.CALLER),
    CALLER_DEADLINE_OVER(504, "caller_timeout", Fault.CALLER),
    TELEMETRY_UNAVAILABLE(503, "telemetry_unavailable", Fault.PROVIDER),
    PROVIDER_UNREACHABLE(502, "provider_unreachable", Fault.PROVIDER),
    PROVIDER_TIMED_OUT(504, "provider_timeout", Fault.PROVIDER),
    CIRCUIT_OPEN(503, "provider_unavailable", Fault.PROVIDER),
    REPLY_BREAKS_CONTRACT(502, "reply_contract_broken", Fault.PROVIDER),
    SESSION_TOKEN_REFUSED(502, "session_token_refused", Fault.PROVIDER),
    SESSION_KEYS_UNAVAILABLE(503, "session_keys_unavailable", Fault.PROVIDER),
    IDEMPOTENCY_UNAVAILABLE(503, "idempotency_unavailable", Fault.GATEWAY),
    STORE_UNAVAILABLE(503, "gateway_store_unavailable", Fault.GATEWAY),
    CALLER_KEYS_UNAVAILABLE(503, "caller_keys_unavailable", Fault.GATEWAY),
    OVERLOADED(503, "gateway_overloaded", Fault.GATEWAY),
    SHUTTING_DOWN(503, "gateway_draining", Fault.GATEWAY),
    INTERNAL(500, "gateway_error", Fault.GATEWAY);

    /** Who has to act. */
    public enum Fault {
        CALLER,
        PROVIDER,
        GATEWAY
    }

    private final int status;
    private final String errorType;
    private final Fault fault;

    Reason(int status, String errorType, Fault fault) {
        this.status = status;
        this.errorType = errorType;
        this.fault = fault;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The {@code error_type} of the answer, unless the contract names the provider's own for the case. */
    public String errorType() {
        return errorType;
    }

    public Fault fault() {
        return fault;
    }

    /** The machine-readable kind of problem, RFC 9457 {@code type}: stable, and not an address. */
    public String urn() {
        return "urn:sallyport:rejection:" + name();
    }
}

package dev.sallyport.trace;

/** Names of attributes: those of OpenTelemetry's semantic conventions, and ours. */
public final class SpanKeys {
    public static final String ERROR_TYPE = "error.type";
    public static final String METHOD = "http.request.method";
    public static final String RESEND_COUNT = "http.request.resend_count";
    public static final String STATUS = "http.response.status_code";
    public static final String ROUTE = "http.route";
    public static final String PROTOCOL_VERSION = "network.protocol.version";
    public static final String SERVER_ADDRESS = "server.address";
    public static final String SERVER_PORT = "server.port";
    public static final String URL_FULL = "url.full";
    public static final String URL_TEMPLATE = "url.template";

    /** The id that the call has everywhere else as well. */
    public static final String REQUEST_ID = "sallyport.request_id";

    public static final String PROVIDER_REQUEST_ID = "sallyport.provider_request_id";
    public static final String OPERATION = "sallyport.operation";
    public static final String PROJECT = "sallyport.project";
    public static final String CALLER = "sallyport.caller";
    public static final String FAULT = "sallyport.fault";

    private SpanKeys() {}
}

package dev.sallyport.loadtests.provider;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The call that is made over and over: a member's session is exchanged, with the sandbox's well-known names. */
public final class Exchange {
    public static final String PROJECT = "project-test-22222222-2222-4222-8222-222222222222";
    public static final String PATH = "/v1/b2b/sessions/exchange";

    static final String KEYS_PATH = "/v1/b2b/sessions/jwks/" + PROJECT;
    static final String AUTHORIZATION = "Basic "
            + Base64.getEncoder()
                    .encodeToString((PROJECT + ":secret-test-sandbox-b2b").getBytes(StandardCharsets.US_ASCII));

    /** As long as such requests are: 377 bytes. */
    static final String BODY = """
            {"organization_id":"organization-test-44444444-4444-4444-8444-444444444444",\
            "session_token":"ada_magic_link_session_000000000000000000000","session_duration_minutes":60,\
            "locale":"en","telemetry_id":"026ac93b-8cdf-4fcb-bfa6-36a31cfecac1","note":"%s"}""".formatted("x".repeat(130));

    private Exchange() {}

    /** The whole request, as it goes over the wire. */
    public static byte[] request(int port) {
        return ("POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: application/json\r\n"
                        + "Authorization: " + AUTHORIZATION + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                        + BODY)
                .getBytes(StandardCharsets.US_ASCII);
    }
}

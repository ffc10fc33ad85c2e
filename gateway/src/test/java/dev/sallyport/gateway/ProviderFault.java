package dev.sallyport.gateway;

import com.google.errorprone.annotations.Immutable;
import dev.sallyport.gateway.FaultProxy.Relay;
import java.io.IOException;

/**
 * What a provider, or the network before it, does to a call that must not be made twice; what its caller is told, what the log
 * names as the cause, and how often the provider got it.
 */
enum ProviderFault {
    NONE(200, "", "", 1, Relay::pass),
    REFUSES_CONNECTIONS(502, "PROVIDER_UNREACHABLE", "ConnectException", 0, Relay::reset),
    RESETS_BEFORE_THE_BODY(502, "PROVIDER_UNREACHABLE", "reset", 0, Relay::reset),
    RESETS_AFTER_THE_REQUEST(502, "PROVIDER_UNREACHABLE", "reset", 1, relay -> {
        relay.reply();
        relay.reset();
    }),
    RESETS_IN_THE_REPLY(502, "PROVIDER_UNREACHABLE", "reset", 1, relay -> {
        relay.write(half(relay.reply()));
        relay.idle(100);
        relay.reset();
    }),
    ENDS_WITHOUT_A_REPLY(502, "PROVIDER_UNREACHABLE", "ended", 1, relay -> {
        relay.reply();
        relay.end();
    }),
    ENDS_ITS_SIDE_WITHOUT_A_REPLY(502, "PROVIDER_UNREACHABLE", "ended", 1, relay -> {
        relay.reply();
        relay.endOutput();
        relay.hang();
    }),
    ENDS_IN_THE_REPLY(502, "PROVIDER_UNREACHABLE", "ended", 1, relay -> {
        relay.write(half(relay.reply()));
        relay.end();
    }),
    HANGS_BEFORE_THE_REPLY(504, "PROVIDER_TIMED_OUT", "within 2000 ms", 1, relay -> {
        relay.reply();
        relay.hang();
    }),
    HANGS_IN_THE_HEAD(504, "PROVIDER_TIMED_OUT", "within 2000 ms", 1, relay -> {
        relay.write(relay.reply().substring(0, 20));
        relay.hang();
    }),
    HANGS_IN_THE_BODY(504, "PROVIDER_TIMED_OUT", "within 2000 ms", 1, relay -> {
        relay.write(half(relay.reply()));
        relay.hang();
    }),
    TRICKLES(504, "PROVIDER_TIMED_OUT", "within 2000 ms", 1, relay -> {
        String reply = relay.reply();
        for (int index = 0; index < reply.length() && relay.idle(300); index++) {
            relay.write(reply.substring(index, index + 1));
        }
    }),
    PROMISES_MORE_THAN_IT_SENDS(504, "PROVIDER_TIMED_OUT", "within 2000 ms", 1, relay -> {
        relay.write(longer(relay.reply(), 10));
        relay.hang();
    }),
    SENDS_MORE_THAN_IT_PROMISED(502, "REPLY_BREAKS_CONTRACT", "", 1, relay -> relay.write(longer(relay.reply(), -10))),
    SENDS_ANOTHER_REPLY(200, "", "", 1, relay -> {
        String reply = relay.reply();
        relay.write(reply + reply);
    }),
    CUTS_A_CHUNK(502, "PROVIDER_UNREACHABLE", "ended", 1, relay -> {
        relay.reply();
        relay.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{");
        relay.end();
    }),
    WRITES_GARBAGE(502, "REPLY_BREAKS_CONTRACT", "", 1, relay -> {
        relay.reply();
        relay.write("\0\1\2 what is this?\r\n\r\n");
    }),
    FLOODS_WITH_INTERIM_REPLIES(502, "REPLY_BREAKS_CONTRACT", "", 1, relay -> {
        relay.reply();
        relay.writeForEver("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
    }),
    SENDS_ENDLESS_HEADER_FIELDS(502, "REPLY_BREAKS_CONTRACT", "", 1, relay -> {
        relay.reply();
        relay.write("HTTP/1.1 200 OK\r\n");
        relay.writeForEver("X-Field: " + "x".repeat(100) + "\r\n");
    }),
    SENDS_ONE_ENDLESS_HEADER_FIELD(502, "REPLY_BREAKS_CONTRACT", "", 1, relay -> {
        relay.reply();
        relay.write("HTTP/1.1 200 OK\r\nX-Field: ");
        relay.writeForEver("x".repeat(1000));
    }),
    SENDS_A_HUGE_BODY(502, "REPLY_BREAKS_CONTRACT", "", 1, relay -> {
        relay.reply();
        relay.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        relay.writeForEver("3e8\r\n" + " ".repeat(1000) + "\r\n");
    }),
    IS_TOO_BUSY(
            429,
            "",
            "",
            3,
            relay -> { // it says that it did not carry the call out
                relay.reply();
                relay.write(error(429, "too_many_requests", ""));
            }),
    IS_TOO_BUSY_FOR_AN_HOUR(429, "", "", 1, relay -> {
        relay.reply();
        relay.write(error(429, "too_many_requests", "Retry-After: 3600\r\n"));
    }),
    FAILS(500, "", "", 1, relay -> {
        relay.reply();
        relay.write(error(500, "internal_server_error", ""));
    }),
    IS_DOWN_FOR_A_SECOND(503, "", "", 1, relay -> {
        relay.reply();
        relay.write(error(503, "service_unavailable", "Retry-After: 1\r\n"));
    });

    private final int status;
    private final String reason;
    private final String cause;
    private final int reached;
    private final Serving serving;

    /** Does it. */
    @Immutable
    private interface Serving {
        void serve(Relay relay) throws IOException;
    }

    ProviderFault(int status, String reason, String cause, int reached, Serving serving) {
        this.status = status;
        this.reason = reason;
        this.cause = cause;
        this.reached = reached;
        this.serving = serving;
    }

    void serve(Relay relay) throws IOException {
        serving.serve(relay);
    }

    /** Whether there is no one to connect to. */
    boolean refuses() {
        return this == REFUSES_CONNECTIONS;
    }

    /** Of the answer. */
    int status() {
        return status;
    }

    /** Of the refusal; empty if the provider's own answer goes back. */
    String reason() {
        return reason;
    }

    /** What the line of the refusal says of it, in any case. */
    String cause() {
        return cause;
    }

    /** How often the provider got the call. */
    int reached() {
        return reached;
    }

    private static String half(String reply) {
        return reply.substring(0, reply.length() - 100);
    }

    /** The same, with another length in its head. */
    private static String longer(String reply, int by) {
        int body = reply.length() - reply.indexOf("\r\n\r\n") - 4;
        return reply.replaceFirst("(?i)content-length: *\\d+", "Content-Length: " + (body + by));
    }

    private static String error(int status, String type, String fields) {
        String body = "{\"status_code\":" + status + ",\"request_id\":\"request-id-test-1\",\"error_type\":\"" + type
                + "\",\"error_message\":\"Not now.\",\"error_url\":\"https://stytch.com/docs/api/errors\"}";
        return "HTTP/1.1 " + status + " Something\r\nContent-Type: application/json\r\n" + fields + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}

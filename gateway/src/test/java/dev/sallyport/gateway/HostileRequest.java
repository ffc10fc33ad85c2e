package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.BODY;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.HTML;
import static dev.sallyport.gateway.RawCalls.LENGTH;
import static dev.sallyport.gateway.RawCalls.LINE;
import static dev.sallyport.gateway.RawCalls.PATH;
import static dev.sallyport.gateway.RawCalls.call;
import static dev.sallyport.gateway.RawCalls.list;
import static dev.sallyport.gateway.RawHttp.head;

/** A request and what is to come of it. */
record HostileRequest(String name, String request, int status, String reason, Then then) {
    /** What happens to the connection after the answer. */
    enum Then {
        CLOSED,
        OPEN
    }

    /** Every 405 says what is allowed instead (RFC 9110, 15.5.6): of the server, if there is no path of ours. */
    String allow() {
        if (status != 405) {
            return "";
        }
        return request.contains(" " + PATH + " ") ? "POST" : "GET, POST";
    }

    @Override
    public String toString() {
        return name;
    }

    static HostileRequest bad(String name, String request) {
        return new HostileRequest(name, request, 400, "MALFORMED_HTTP", Then.CLOSED);
    }

    static HostileRequest query(String name, String query) {
        return new HostileRequest(name, list(query), 400, "MALFORMED_HTTP", Then.OPEN);
    }

    static HostileRequest broken(String name, String query) {
        return new HostileRequest(name, list(query), 400, "REQUEST_BREAKS_CONTRACT", Then.OPEN);
    }

    static HostileRequest noQuery(String name, String request) {
        return new HostileRequest(name, request, 400, "REQUEST_BREAKS_CONTRACT", Then.OPEN);
    }

    static HostileRequest method(String name, String request) {
        return new HostileRequest(name, request, 405, "METHOD_NOT_ALLOWED", Then.CLOSED);
    }

    static HostileRequest unknown(String name, String request) {
        return new HostileRequest(name, request, 404, "UNKNOWN_OPERATION", Then.OPEN);
    }

    static HostileRequest headTooLarge(String name, String request) {
        return new HostileRequest(name, request, 431, "HEADERS_TOO_LARGE", Then.CLOSED);
    }

    static HostileRequest tooLarge(String name, String request) {
        return new HostileRequest(name, request, 413, "BODY_TOO_LARGE", Then.CLOSED);
    }

    static HostileRequest media(String name, String fields) {
        String request = head(LINE, HOST, AUTHORIZATION, HTML, fields, LENGTH) + BODY;
        return new HostileRequest(name, request, 415, "UNSUPPORTED_MEDIA_TYPE", Then.CLOSED);
    }

    static HostileRequest unreadable(String name, String body) {
        return new HostileRequest(
                name, call("Content-Length: " + body.length()) + body, 400, "BODY_UNREADABLE", Then.OPEN);
    }
}

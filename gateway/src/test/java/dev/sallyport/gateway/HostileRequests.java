package dev.sallyport.gateway;

import static dev.sallyport.gateway.HostileRequest.bad;
import static dev.sallyport.gateway.HostileRequest.broken;
import static dev.sallyport.gateway.HostileRequest.headTooLarge;
import static dev.sallyport.gateway.HostileRequest.media;
import static dev.sallyport.gateway.HostileRequest.method;
import static dev.sallyport.gateway.HostileRequest.noQuery;
import static dev.sallyport.gateway.HostileRequest.query;
import static dev.sallyport.gateway.HostileRequest.tooLarge;
import static dev.sallyport.gateway.HostileRequest.unknown;
import static dev.sallyport.gateway.HostileRequest.unreadable;
import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.BODY;
import static dev.sallyport.gateway.RawCalls.CHUNK;
import static dev.sallyport.gateway.RawCalls.CHUNKED;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.HTML;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawCalls.LAST_CHUNK;
import static dev.sallyport.gateway.RawCalls.LENGTH;
import static dev.sallyport.gateway.RawCalls.LINE;
import static dev.sallyport.gateway.RawCalls.PATH;
import static dev.sallyport.gateway.RawCalls.at;
import static dev.sallyport.gateway.RawCalls.call;
import static dev.sallyport.gateway.RawCalls.chunk;
import static dev.sallyport.gateway.RawCalls.coded;
import static dev.sallyport.gateway.RawCalls.list;
import static dev.sallyport.gateway.RawHttp.head;

import dev.sallyport.sandbox.Fixtures;
import java.util.Locale;
import java.util.stream.Stream;

/** Requests on which two parsers could disagree, or that walk around a check, by what is wrong with them. */
final class HostileRequests {
    private HostileRequests() {}

    static Stream<HostileRequest> framing() {
        return Stream.of(
                bad("content-length and transfer-encoding", call(LENGTH, CHUNKED) + CHUNK + LAST_CHUNK),
                bad("transfer-encoding and content-length", call(CHUNKED, LENGTH) + CHUNK + LAST_CHUNK),
                bad("two equal content-lengths", call(LENGTH, LENGTH) + BODY),
                bad("two unequal content-lengths", call(LENGTH, "Content-Length: 4") + BODY),
                bad("two unequal content-lengths on HTTP/1.0", old(LENGTH, "Content-Length: 4") + BODY),
                bad("two equal content-lengths on HTTP/1.0", old(LENGTH, LENGTH) + BODY),
                bad("a list as content-length", call("Content-Length: 4, 4") + "null"),
                bad("a plus in content-length", call("Content-Length: +4") + "null"),
                bad("a negative content-length", call("Content-Length: -1") + BODY),
                bad("a hexadecimal content-length", call("Content-Length: 0x4") + "null"),
                bad("an empty content-length", call("Content-Length:") + BODY),
                bad("transfer-encoding xchunked", coded("xchunked")),
                bad("transfer-encoding chunked, identity", coded("chunked, identity")),
                bad("transfer-encoding identity", coded("identity")),
                bad("transfer-encoding gzip, chunked", coded("gzip, chunked")),
                bad("transfer-encoding with a tab", coded("\u000bchunked")),
                bad("transfer-encoding twice", call(CHUNKED, CHUNKED) + CHUNK + LAST_CHUNK),
                bad("transfer-encoding on HTTP/1.0", old(CHUNKED) + CHUNK + LAST_CHUNK));
    }

    private static String old(String... fields) {
        return head(
                "POST " + PATH + " HTTP/1.0",
                Stream.concat(Stream.of(HOST, AUTHORIZATION, JSON), Stream.of(fields))
                        .toArray(String[]::new));
    }

    static Stream<HostileRequest> heads() {
        return Stream.of(
                bad("a space before the colon", call("Content-Length : " + BODY.length()) + BODY),
                bad("a folded content-length", call("Content-Length: 1\r\n 0") + "1234567890"),
                bad("folded transfer codings", call("Transfer-Encoding: gzip,\r\n chunked") + CHUNK + LAST_CHUNK),
                bad("a folded host", head(LINE, AUTHORIZATION, JSON, HTML, "Host: a\r\n b", LENGTH) + BODY),
                bad("a host in brackets that is no address", call(LENGTH).replace(HOST, "Host: [::::]") + BODY),
                bad("bare line feeds", call(LENGTH).replace("\r", "") + BODY),
                bad("one bare line feed", call(LENGTH, "X-A: a\nX-B: b") + BODY),
                bad("a bare carriage return", call(LENGTH, "X-A: a\rX-B: b") + BODY),
                bad("NUL in a value", call(LENGTH, "X-Nul: a\0b") + BODY),
                bad("NUL in a name", call(LENGTH, "X-N\0ul: ab") + BODY),
                bad("a line without a colon", call(LENGTH, "nonsense") + BODY),
                bad("a field without a name", call(LENGTH, ": nameless") + BODY),
                bad("no host", head(LINE, AUTHORIZATION, JSON, HTML, LENGTH) + BODY),
                bad("a host with a path", head(LINE, AUTHORIZATION, JSON, HTML, "Host: a/b", LENGTH) + BODY),
                bad("a list of hosts", head(LINE, AUTHORIZATION, JSON, HTML, "Host: a, b", LENGTH) + BODY),
                bad("two hosts", call("Host: elsewhere", LENGTH) + BODY),
                bad("two credentials", call("Authorization: " + Fixtures.b2bAuthorization(), LENGTH) + BODY),
                bad("no version", head("POST " + PATH, HOST, AUTHORIZATION, JSON, LENGTH) + BODY),
                bad("a version that is none", at(PATH).replace("HTTP/1.1", "HTTQ/1.1")),
                bad("HTTP/2.0 by word only", at(PATH).replace("HTTP/1.1", "HTTP/2.0")));
    }

    static Stream<HostileRequest> requestLines() {
        String rest = call(LENGTH).substring(LINE.length()) + BODY;
        return Stream.of(
                bad("a space in front", " " + LINE + rest),
                bad("a tab in front", "\t" + LINE + rest),
                bad("two spaces before the path", "POST  " + PATH + " HTTP/1.1" + rest),
                bad("two spaces before the version", "POST " + PATH + "  HTTP/1.1" + rest),
                bad("a tab before the path", "POST\t" + PATH + " HTTP/1.1" + rest),
                bad("a tab before the version", "POST " + PATH + "\tHTTP/1.1" + rest),
                bad("a space and a tab", "POST \t" + PATH + " HTTP/1.1" + rest),
                bad("a vertical tab for a space", "POST\u000b" + PATH + " HTTP/1.1" + rest),
                bad("a form feed for a space", "POST " + PATH + "\fHTTP/1.1" + rest),
                bad("a carriage return for a space", "POST\r" + PATH + " HTTP/1.1" + rest),
                bad("a space at the end", LINE + " " + rest),
                bad("a tab at the end", LINE + "\t" + rest),
                bad("a word too many", LINE + " x" + rest),
                bad("NUL in the path", "POST " + PATH + "\0 HTTP/1.1" + rest),
                bad("NUL in front", "\0" + LINE + rest),
                bad("a method alone", "POST" + rest),
                bad("nothing but a space", " " + rest),
                bad("HTTP/1.2", "POST " + PATH + " HTTP/1.2" + rest),
                bad("HTTP/1.10", "POST " + PATH + " HTTP/1.10" + rest),
                bad("HTTP/1", "POST " + PATH + " HTTP/1" + rest),
                bad("HTTP/0.9", "POST " + PATH + " HTTP/0.9" + rest),
                bad("HTTP/3.0", "POST " + PATH + " HTTP/3.0" + rest),
                bad("a version in lower case", "POST " + PATH + " http/1.1" + rest));
    }

    static Stream<HostileRequest> hosts() {
        return Stream.of(
                        "a:",
                        ":",
                        ":80",
                        "a:b",
                        "a:-1",
                        "a:+1",
                        "a:65536",
                        "a:123456",
                        "a:1:2",
                        "a b",
                        "a%62",
                        "a|b",
                        "a^b",
                        "a`b",
                        "a{b}",
                        "user@a",
                        "a\tb",
                        "[",
                        "[::1",
                        "::1",
                        "[::1]x",
                        "[::1]:",
                        "[]",
                        "[g::1]",
                        "\u00e4",
                        "")
                .map(host ->
                        bad("host " + host, head(LINE, AUTHORIZATION, JSON, HTML, "Host: " + host, LENGTH) + BODY));
    }

    static Stream<HostileRequest> methods() {
        return Stream.of(
                method("GET with a body", call(LENGTH).replace("POST", "GET") + BODY),
                method("FOOBAR", call(LENGTH).replace("POST", "FOOBAR") + BODY),
                method("a method in lower case", call(LENGTH).replace("POST", "post") + BODY),
                method("TRACE", head("TRACE " + PATH + " HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("TRACE of nothing", head("TRACE /v1/nothing HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("CONNECT", head("CONNECT gateway:443 HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("OPTIONS", head("OPTIONS " + PATH + " HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("HEAD", head("HEAD " + PATH + " HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                new HostileRequest(
                        "HEAD of another spelling",
                        head("HEAD " + PATH + "/ HTTP/1.1", HOST, AUTHORIZATION),
                        404,
                        "UNKNOWN_OPERATION",
                        HostileRequest.Then.OPEN),
                method("PUT", call(LENGTH).replace("POST", "PUT") + BODY));
    }

    static Stream<HostileRequest> targets() {
        return Stream.of(
                bad("absolute form", at("http://gateway" + PATH)),
                bad("asterisk form", head("OPTIONS * HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                bad("a double-dot segment", at("/v1/x/../sessions/migrate")),
                bad("a dot segment", at("/v1/sessions/./migrate")),
                bad("an encoded dot segment", at("/v1/x/%2e%2e/sessions/migrate")),
                bad("two slashes in front", at("//v1/sessions/migrate")),
                bad("two slashes within", at("/v1//sessions/migrate")),
                bad("an encoded slash", at("/v1/sessions%2fmigrate")),
                bad("an encoded letter", at("/v1/sessions/%6digrate")),
                bad("an encoded NUL", at("/v1/sessions/migrate%00")),
                bad("a path parameter", at("/v1/sessions/migrate;x=1")),
                bad("a fragment", at("/v1/sessions/migrate#x")),
                bad("a backslash", at("/v1\\sessions\\migrate")),
                bad("a letter that is not ASCII", at("/v1/sessions/migr\u00e4te")),
                bad("a query that is not ASCII", at(PATH + "?q=\u00e4")),
                bad("an empty path", at("")),
                bad("a query without a path", at("?q=1")),
                bad("a path without a slash in front", at("v1/sessions/migrate")),
                unknown("a slash at the end", at(PATH + "/")),
                unknown(
                        "a preflight",
                        at(PATH + "/")
                                .replaceFirst("POST", "OPTIONS")
                                .replaceFirst(
                                        "\r\n", "\r\nOrigin: http://a\r\nAccess-Control-Request-Method: POST\r\n")),
                unknown("upper case", at(PATH.toUpperCase(Locale.ROOT))));
    }

    static Stream<HostileRequest> queries() {
        return Stream.of(
                bad("an escape that is none", list("user_id=%zz")),
                bad("half an escape", list("user_id=%4")),
                bad("a quotation mark in a query", list("user_id=\"a\"")),
                bad("a brace in a query", list("user_id={a}")),
                bad("a backslash in a query, elsewhere too", at(PATH + "?q=\\")),
                query("overlong UTF-8 in a query", "user_id=%c0%af"),
                query("a semicolon for an ampersand", "user_id=a;user_id=b"),
                broken("a parameter twice", "user_id=a&user_id=b"),
                broken("a parameter twice, once escaped", "user_id=a&%75ser_id=b"),
                broken("another spelling", "USER_ID=a"),
                broken("a list in brackets", "user_id[]=a"),
                broken("nothing", ""),
                noQuery("a duration beside the body", at(PATH + "?session_duration_minutes=999999")),
                noQuery("a query of nothing", at(PATH + "?")),
                noQuery("what no parser takes for a query", at(PATH + "?;")),
                noQuery(
                        "a query where there is nothing to ask",
                        head("GET /v1/debug/whoami?x=1 HTTP/1.1", HOST, AUTHORIZATION, HTML)));
    }

    static Stream<HostileRequest> sizes() {
        return Stream.of(
                headTooLarge("a line too long", at(PATH + "?" + "x".repeat(4096))),
                headTooLarge("fields too large", call(LENGTH, "X-Large: " + "x".repeat(8192)) + BODY),
                headTooLarge("too many fields", call(LENGTH, "X-Many: x\r\n".repeat(1000) + "X-Last: x") + BODY),
                tooLarge("a body announced too large", call("Content-Length: 1025")),
                tooLarge("a length beyond all numbers", call("Content-Length: 9223372036854775807")),
                tooLarge(
                        "an announced body that must not even be asked for",
                        call("Content-Length: 1025", "Expect: 100-continue")),
                tooLarge("a chunk too large, and more to come", call(CHUNKED) + chunk("x".repeat(1025))),
                tooLarge(
                        "chunks that are too large together",
                        call(CHUNKED) + chunk("x".repeat(600)) + chunk("x".repeat(600)) + LAST_CHUNK));
    }

    static Stream<HostileRequest> chunks() {
        return Stream.of(
                bad("a chunk size that is none", call(CHUNKED) + CHUNK + "zz\r\n"),
                bad("a first chunk size that is none", call(CHUNKED) + "zz\r\n" + CHUNK + LAST_CHUNK),
                bad("a negative chunk size", call(CHUNKED) + CHUNK + "-1\r\n" + LAST_CHUNK),
                bad("a chunk size beyond all numbers", call(CHUNKED) + CHUNK + "fffffffffffffffff\r\n" + LAST_CHUNK),
                bad("a bare line feed behind a chunk size", call(CHUNKED) + CHUNK + "0\n\r\n"),
                bad("a bare line feed in a chunk extension", call(CHUNKED) + CHUNK + "0;a\nb\r\n\r\n"),
                bad("no line end behind a chunk", call(CHUNKED) + CHUNK.stripTrailing() + "xx" + LAST_CHUNK),
                bad("a broken trailer", call(CHUNKED) + CHUNK + "0\r\nX-Trailer : x\r\n\r\n"),
                bad("a trailer with NUL", call(CHUNKED) + CHUNK + "0\r\nX-Trailer: a\0b\r\n\r\n"));
    }

    static Stream<HostileRequest> contents() {
        String[] twice = {"{\"session_token\":\"a\",\"session_token\":\"b\"}", "{\"a\":1,\"\\u0061\":2}"};
        return Stream.of(
                media("another media type", "Content-Type: text/plain"),
                media("a form", "Content-Type: application/x-www-form-urlencoded"),
                media("no media type", "X-No: type"),
                media("charset latin1", JSON + "; charset=latin1"),
                media("charset utf-16", JSON + "; charset=utf-16"),
                media("a compressed body", JSON + "\r\nContent-Encoding: gzip"),
                media("an unknown content coding", JSON + "\r\nContent-Encoding: identity"),
                unreadable("a member twice", twice[0]),
                unreadable("a member twice, once escaped", twice[1]),
                unreadable("no body", ""),
                unreadable("trailing garbage", BODY + "x"),
                unreadable("overlong UTF-8", "{\"session_token\":\"\u00c0\u00af\"}"));
    }

    static Stream<HostileRequest> followers() {
        return Stream.of(
                bad("two unequal content-lengths", call(LENGTH, "Content-Length: 4") + BODY),
                bad("a dot segment", at("/v1/sessions/./migrate")),
                bad("a chunk size that is none", call(CHUNKED) + CHUNK + "zz\r\n"),
                bad("a broken trailer", call(CHUNKED) + CHUNK + "0\r\nX-Trailer : x\r\n\r\n"),
                method("FOOBAR", call(LENGTH).replace("POST", "FOOBAR") + BODY),
                method("PUT", call(LENGTH).replace("POST", "PUT") + BODY));
    }
}

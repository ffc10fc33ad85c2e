package dev.sallyport.sandbox;

import dev.sallyport.sandbox.reply.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to a sandbox as one of its customers would. */
record Client(String baseUrl) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static final String MIGRATE_USER = "/v1/sessions/migrate";
    static final String MIGRATE_MEMBER = "/v1/b2b/sessions/migrate";
    static final String EXCHANGE = "/v1/b2b/sessions/exchange";
    static final String ATTEST = "/v1/b2b/sessions/attest";

    static final String LIST_USER = "/v1/sessions?user_id=";
    static final String AUTHENTICATE_USER = "/v1/sessions/authenticate";
    static final String REVOKE_USER = "/v1/sessions/revoke";
    static final String LIST_MEMBER = "/v1/b2b/sessions";
    static final String AUTHENTICATE_MEMBER = "/v1/b2b/sessions/authenticate";
    static final String REVOKE_MEMBER = "/v1/b2b/sessions/revoke";
    static final String ATTEST_USER = "/v1/sessions/attest";
    static final String EXCHANGE_ACCESS_USER = "/v1/sessions/exchange_access_token";
    static final String EXCHANGE_ACCESS_MEMBER = "/v1/b2b/sessions/exchange_access_token";
    static final String DISCOVERY_EXCHANGE = "/v1/b2b/discovery/intermediate_sessions/exchange";
    static final String WHOAMI = "/v1/debug/whoami";

    /** An answer with its body unread. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        byte[] bytes() {
            return response.body();
        }

        JsonNode json() {
            try {
                return Json.parse(response.body());
            } catch (IOException notText) {
                throw new UncheckedIOException(notText);
            }
        }

        String text(String member) {
            return json().path(member).asString("");
        }
    }

    Answer migrateUser(ObjectNode body, String... headers) {
        return post(MIGRATE_USER, Fixtures.consumerAuthorization(), body, headers);
    }

    Answer migrateMember(ObjectNode body, String... headers) {
        return post(MIGRATE_MEMBER, Fixtures.b2bAuthorization(), body, headers);
    }

    Answer exchange(ObjectNode body, String... headers) {
        return post(EXCHANGE, Fixtures.b2bAuthorization(), body, headers);
    }

    Answer attest(ObjectNode body, String... headers) {
        return post(ATTEST, Fixtures.b2bAuthorization(), body, headers);
    }

    /** Posts to an operation of either product, with the credentials that fit. */
    Answer post(String path, ObjectNode body, String... headers) {
        return post(path, authorization(path), body, headers);
    }

    /** Gets from an operation of either product, with the credentials that fit. */
    Answer getAuthorized(String path, String... headers) {
        return send(request(path).header("Authorization", authorization(path)).GET(), headers);
    }

    private static String authorization(String path) {
        return path.startsWith("/v1/b2b/") ? Fixtures.b2bAuthorization() : Fixtures.consumerAuthorization();
    }

    Answer post(String path, String authorization, ObjectNode body, String... headers) {
        return send(
                request(path)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.bytes(body))),
                headers);
    }

    Answer get(String path, String... headers) {
        return send(request(path).GET(), headers);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(30));
    }

    Answer send(HttpRequest.Builder request, String... headers) {
        try {
            HttpRequest.Builder all = headers.length == 0 ? request : request.headers(headers);
            return new Answer(HTTP.send(all.build(), BodyHandlers.ofByteArray()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static ObjectNode body(Map<String, ?> members) {
        return (ObjectNode) Json.tree(members);
    }

    /** A migration that asks for a session of an hour. */
    static ObjectNode goodUserMigration() {
        return body(Map.of("session_token", Fixtures.FOREIGN_TOKEN, "session_duration_minutes", 60));
    }

    static ObjectNode goodMemberMigration() {
        return body(Map.of("session_token", Fixtures.FOREIGN_TOKEN, "organization_id", Fixtures.PLAIN_ORGANIZATION_ID));
    }

    static ObjectNode goodExchange() {
        return exchangeInto(Fixtures.PLAIN_ORGANIZATION_ID);
    }

    static ObjectNode exchangeInto(String organization) {
        return body(Map.of("session_token", Fixtures.MEMBER_SESSION_TOKEN, "organization_id", organization));
    }

    static ObjectNode userAttestation(String trustedToken) {
        return body(Map.of("profile_id", Fixtures.USER_TRUSTED_PROFILE_ID, "token", trustedToken));
    }

    static ObjectNode attestation(String trustedToken) {
        return body(Map.of("profile_id", Fixtures.TRUSTED_PROFILE_ID, "token", trustedToken));
    }
}

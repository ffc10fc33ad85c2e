package dev.sallyport.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A good reply of an operation, under a name that says which.
 *
 * @param answer asks for it
 */
record GoodReply(String name, String operation, String method, String path, Supplier<Client.Answer> answer) {
    /** A sample of every operation and of every kind of reply that it has. Long because it is one table. */
    static List<GoodReply> samples(SandboxExtension running) {
        Client client = running.client();
        Fixtures fixtures = running.sandbox().fixtures();
        return List.of(
                sample(
                        "migrated user",
                        "sessions.migrate",
                        Client.MIGRATE_USER,
                        () -> client.migrateUser(Client.goodUserMigration())),
                sample(
                        "user without session",
                        "sessions.migrate",
                        Client.MIGRATE_USER,
                        () -> client.migrateUser(Client.goodUserMigration().putNull("session_duration_minutes"))),
                sample(
                        "migrated member",
                        "b2b.sessions.migrate",
                        Client.MIGRATE_MEMBER,
                        () -> client.migrateMember(Client.goodMemberMigration())),
                sample(
                        "exchanged",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.goodExchange())),
                sample(
                        "MFA due",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.exchangeInto(Fixtures.MFA_ORGANIZATION_ID))),
                sample(
                        "primary due",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.exchangeInto(Fixtures.SSO_ORGANIZATION_ID))),
                sample(
                        "attested",
                        "b2b.sessions.attest",
                        Client.ATTEST,
                        () -> client.attest(Client.attestation(fixtures.trustedToken()))),
                sample(
                        "migrated user with a device",
                        "sessions.migrate",
                        Client.MIGRATE_USER,
                        () -> client.migrateUser(Client.goodUserMigration().put("telemetry_id", "telemetry-1"))),
                sample(
                        "exchanged with a device",
                        "b2b.sessions.exchange",
                        Client.EXCHANGE,
                        () -> client.exchange(Client.goodExchange().put("telemetry_id", "telemetry-new-1"))),
                sample(
                        "authenticated user",
                        "sessions.authenticate",
                        Client.AUTHENTICATE_USER,
                        () -> client.post(Client.AUTHENTICATE_USER, authentication(Fixtures.USER_SESSION_TOKEN))),
                sample(
                        "authenticated member",
                        "b2b.sessions.authenticate",
                        Client.AUTHENTICATE_MEMBER,
                        () -> client.post(Client.AUTHENTICATE_MEMBER, authentication(Fixtures.MEMBER_SESSION_TOKEN))),
                sample(
                        "revoked",
                        "sessions.revoke",
                        Client.REVOKE_USER,
                        () -> client.post(Client.REVOKE_USER, naming(client.migrateUser(Client.goodUserMigration())))),
                sample(
                        "B2B revoked",
                        "b2b.sessions.revoke",
                        Client.REVOKE_MEMBER,
                        () -> client.post(
                                Client.REVOKE_MEMBER, naming(client.migrateMember(Client.goodMemberMigration())))),
                sample(
                        "attested user",
                        "sessions.attest",
                        Client.ATTEST_USER,
                        () -> client.post(
                                Client.ATTEST_USER,
                                Client.userAttestation(fixtures.trustedToken())
                                        .put("session_duration_minutes", 60)
                                        .put("telemetry_id", "telemetry-1"))),
                sample(
                        "attested user without session",
                        "sessions.attest",
                        Client.ATTEST_USER,
                        () -> client.post(Client.ATTEST_USER, Client.userAttestation(fixtures.trustedToken()))),
                sample(
                        "user by access token",
                        "sessions.exchange_access_token",
                        Client.EXCHANGE_ACCESS_USER,
                        () -> client.post(
                                Client.EXCHANGE_ACCESS_USER,
                                access(fixtures.userAccessToken()).put("session_duration_minutes", 60))),
                sample(
                        "user by access token without session",
                        "sessions.exchange_access_token",
                        Client.EXCHANGE_ACCESS_USER,
                        () -> client.post(Client.EXCHANGE_ACCESS_USER, access(fixtures.userAccessToken()))),
                sample(
                        "member by access token",
                        "b2b.sessions.exchange_access_token",
                        Client.EXCHANGE_ACCESS_MEMBER,
                        () -> client.post(Client.EXCHANGE_ACCESS_MEMBER, access(fixtures.memberAccessToken()))),
                sample(
                        "discovered",
                        "b2b.discovery.intermediate_sessions.exchange",
                        Client.DISCOVERY_EXCHANGE,
                        () -> client.post(
                                Client.DISCOVERY_EXCHANGE, discovery(fixtures, Fixtures.PLAIN_ORGANIZATION_ID))),
                sample(
                        "discovered, MFA due",
                        "b2b.discovery.intermediate_sessions.exchange",
                        Client.DISCOVERY_EXCHANGE,
                        () -> client.post(
                                Client.DISCOVERY_EXCHANGE, discovery(fixtures, Fixtures.MFA_ORGANIZATION_ID))),
                sample(
                        "discovered, primary due",
                        "b2b.discovery.intermediate_sessions.exchange",
                        Client.DISCOVERY_EXCHANGE,
                        () -> client.post(
                                Client.DISCOVERY_EXCHANGE, discovery(fixtures, Fixtures.SSO_ORGANIZATION_ID))),
                new GoodReply(
                        "listed",
                        "sessions.list",
                        "get",
                        "/v1/sessions",
                        () -> client.getAuthorized(Client.LIST_USER + Fixtures.USER_ID)),
                new GoodReply(
                        "B2B listed",
                        "b2b.sessions.list",
                        "get",
                        "/v1/b2b/sessions",
                        () -> client.getAuthorized(
                                Client.LIST_MEMBER + "?organization_id=crm-1001&member_id=ada-1001")),
                new GoodReply(
                        "who is calling",
                        "debug.whoami",
                        "get",
                        Client.WHOAMI,
                        () -> client.getAuthorized(Client.WHOAMI)),
                new GoodReply(
                        "keys",
                        "sessions.jwks",
                        "get",
                        "/v1/sessions/jwks/{project_id}",
                        () -> client.get("/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID)),
                new GoodReply(
                        "B2B keys",
                        "b2b.sessions.jwks",
                        "get",
                        "/v1/b2b/sessions/jwks/{project_id}",
                        () -> client.get("/v1/b2b/sessions/jwks/" + Fixtures.B2B_PROJECT_ID)),
                new GoodReply(
                        "policy",
                        "rbac.policy",
                        "get",
                        "/v1/rbac/policy",
                        () -> client.getAuthorized("/v1/rbac/policy")),
                new GoodReply(
                        "B2B policy",
                        "b2b.rbac.policy",
                        "get",
                        "/v1/b2b/rbac/policy",
                        () -> client.getAuthorized("/v1/b2b/rbac/policy")),
                new GoodReply(
                        "organization's policy",
                        "b2b.rbac.organizations.policy",
                        "get",
                        "/v1/b2b/rbac/organizations/{organization_id}",
                        () -> client.getAuthorized("/v1/b2b/rbac/organizations/" + Fixtures.PLAIN_ORGANIZATION_SLUG)));
    }

    private static ObjectNode authentication(String token) {
        ObjectNode body = Client.body(Map.of("session_token", token));
        body.putObject("authorization_check")
                .put("organization_id", Fixtures.PLAIN_ORGANIZATION_ID)
                .put("resource_id", "documents")
                .put("action", "read");
        return body;
    }

    private static ObjectNode access(String token) {
        return Client.body(Map.of("access_token", token));
    }

    private static ObjectNode discovery(Fixtures fixtures, String organization) {
        return Client.body(Map.of(
                "intermediate_session_token", fixtures.intermediateSessionToken(), "organization_id", organization));
    }

    private static ObjectNode naming(Client.Answer opened) {
        return Client.body(Map.of("session_token", opened.text("session_token")));
    }

    private static GoodReply sample(String name, String operation, String path, Supplier<Client.Answer> answer) {
        return new GoodReply(name, operation, "post", path, answer);
    }
}

package dev.sallyport.contract.pack;

import java.nio.file.Path;

/** A pack of two operations: one that publishes keys, and one that logs in and gives a session token. */
public final class SmallPack {
    public static final String CATALOG = """
            description: small
            error-url: https://errors.invalid/{status}
            error-types: {/minutes: invalid_minutes}
            session-tokens:
              session:
                jwks: keys
                algorithm: RS256
                type: JWT
                lifetime: PT5M
                claims: claims.json
                issuers: ["issuer.invalid/{project}", "{base-url}"]
            rules:
              one-credential:
                exactly-one-of:
                  of: ["request:/token", "request:/jwt"]
                  none: no_credential
                  several: too_many_credentials
              reserved:
                reserved-names: {at: "request:/claims", names: [sub]}
              token-when-user:
                when: {value: "reply:/user", is: present, present: ["reply:/jwt"]}
              subject-is-user:
                equal:
                  values: ["token:/sub", "reply:/user"]
            operations:
              keys:
                method: GET
                path: /keys/{project}
              login:
                method: POST
                path: /login
                telemetry: /telemetry_id
                rules: {request: [one-credential, reserved]}
                session-token:
                  kind: session
                  at: /jwt
                  rules: [token-when-user, subject-is-user]
            """;

    private SmallPack() {}

    public static PackFolder in(Path folder) {
        return new PackFolder(folder)
                .withExact("catalog.yml", CATALOG)
                .with("keys/reply.schema.json", "{'type':'object','required':['keys']}")
                .with(
                        "login/request.schema.json",
                        "{'type':'object','properties':{'token':{'type':'string'},'jwt':{'type':'string'},"
                                + "'minutes':{'type':'integer'},'claims':{'type':'object'},'telemetry_id':{}},"
                                + "'additionalProperties':false}")
                .with(
                        "login/reply.schema.json",
                        "{'type':'object','properties':{'jwt':{'type':['string','null']},'user':{'type':'string'}}}")
                .with(
                        "claims.json",
                        "{'type':'object','properties':{'sub':{'type':'string'},'iss':{'type':'string'},"
                                + "'iat':{'type':'number'},'nbf':{'type':'number'},'exp':{'type':'number'},"
                                + "'session':{'type':'object'}},'required':['sub']}")
                .with(
                        "login/examples/accepted/good.json",
                        "{'about':'all there','request':{'token':'t'},'reply':{'jwt':'x','user':'u'},'token':{'sub':'u'}}")
                .with(
                        "login/examples/refused/none.json",
                        "{'about':'no credential','request':{},"
                                + "'violations':[{'in':'request','at':'','keyword':'one-credential'}]}");
    }
}

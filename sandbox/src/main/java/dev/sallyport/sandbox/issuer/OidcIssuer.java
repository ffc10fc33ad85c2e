package dev.sallyport.sandbox.issuer;

import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.key.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** A small OpenID Connect issuer: its name, its key, and the documents that say so. */
public final class OidcIssuer {
    private final Supplier<String> baseUrl;
    private final SigningKey key;

    /** The base URL is asked for when it is needed: the port is known only after the server has started. */
    public OidcIssuer(Supplier<String> baseUrl, Instant now) {
        this.baseUrl = baseUrl;
        this.key = SigningKey.generate(now);
    }

    public String name() {
        return baseUrl.get() + "/issuer";
    }

    public String jwksUrl() {
        return name() + "/jwks";
    }

    public String userInfoUrl() {
        return name() + "/userinfo";
    }

    SigningKey key() {
        return key;
    }

    public Reply discovery() {
        ObjectNode document = Json.object()
                .put("issuer", name())
                .put("jwks_uri", jwksUrl())
                .put("userinfo_endpoint", userInfoUrl())
                .put("authorization_endpoint", name() + "/authorize")
                .put("token_endpoint", name() + "/token");
        document.set("response_types_supported", Json.tree(List.of("code")));
        document.set("subject_types_supported", Json.tree(List.of("public")));
        document.set("id_token_signing_alg_values_supported", Json.tree(List.of("RS256")));
        return Reply.json(200, document);
    }

    public Reply jwks() {
        ObjectNode document = Json.object();
        document.putArray("keys").add(key.publicJwk());
        return Reply.json(200, document);
    }
}

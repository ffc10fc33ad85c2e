package dev.sallyport.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stand-in for the imaginary provider of the pack {@code packs/lantern}. It says what the test tells it to. */
final class OtherProvider implements AutoCloseable {
    static final String TENANT = "harbour";
    static final ECKey PASS_KEY = ec("pass-1");
    static final RSAKey BADGE_KEY = rsa("badge-1");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Answer answer = new Answer(500, "{}");

    /** What it says next. */
    record Answer(int status, String body) {}

    /** A call that reached it; key fetches are none. */
    record Seen(String path, String body, Optional<String> actingAs) {}

    OtherProvider() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/t/" + TENANT + "/.well-known/keys", exchange -> publish(exchange, PASS_KEY));
        server.createContext("/t/" + TENANT + "/.well-known/badge-keys", exchange -> publish(exchange, BADGE_KEY));
        server.createContext("/", this::answer);
        server.start();
    }

    /** Without a slash at the end. */
    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void says(int status, String body) {
        answer = new Answer(status, body);
    }

    List<Seen> seen() {
        return seen;
    }

    /** Claims of a good pass. */
    static Map<String, Object> passClaims() {
        Map<String, Object> claims = claims("https://id.lantern.invalid/t/" + TENANT, "lantern:" + TENANT, 3600);
        claims.put("sub", "a1");
        claims.put("ltn", Map.of("passId", "p1"));
        return claims;
    }

    /** Claims of a good badge. */
    Map<String, Object> badgeClaims() {
        Map<String, Object> claims = claims(baseUrl(), TENANT, 600);
        claims.put("holder", "a1");
        return claims;
    }

    private static Map<String, Object> claims(String issuer, String audience, int seconds) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + seconds);
        return claims;
    }

    static String signed(JWSAlgorithm algorithm, String type, JWK key, Map<String, Object> claims) {
        var header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(type))
                .keyID(key.getKeyID())
                .build();
        var token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(signer(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        return key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String actingAs = exchange.getRequestHeaders().getFirst("X-Lantern-Act-As");
        seen.add(new Seen(exchange.getRequestURI().getPath(), body, Optional.ofNullable(actingAs)));
        send(exchange, answer.status(), answer.body());
    }

    private static void publish(HttpExchange exchange, JWK key) throws IOException {
        send(exchange, 200, new JWKSet(List.of(key.toPublicJWK())).toString());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

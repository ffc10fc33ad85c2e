package dev.sallyport.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A company's issuer of tokens: publishes its key over HTTP and signs with it, and replaces it when it is told to. */
final class FakeIssuer implements AutoCloseable {
    static final String NAME = "https://login.example.com";
    static final String AUDIENCE = "sallyport";

    private final HttpServer server;
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile ECKey key;

    FakeIssuer() throws IOException, JOSEException {
        this.key = newKey();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String keys() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    /** From now on it publishes and signs with another one. */
    void rotate() throws JOSEException {
        key = newKey();
    }

    private ECKey newKey() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .keyID("key-" + numbers.incrementAndGet())
                .generate();
    }

    /** A token in order, with some claims changed. */
    String token(Map<String, Object> changed) throws JOSEException {
        return signed(changed, key);
    }

    /** One that is signed with a key that the issuer does not publish, under the id of one that it does. */
    String forged() throws JOSEException {
        return signed(
                Map.of(), new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate());
    }

    private static String signed(Map<String, Object> changed, ECKey key) throws JOSEException {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                NAME,
                "aud",
                AUDIENCE,
                "sub",
                "orders-service",
                "scope",
                "sessions",
                "iat",
                now,
                "exp",
                now + 300));
        claims.putAll(changed);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        var token = new JWSObject(header, new Payload(claims));
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

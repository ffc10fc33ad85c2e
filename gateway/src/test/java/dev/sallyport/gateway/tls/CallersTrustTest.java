package dev.sallyport.gateway.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.SettingsOf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Whom a server has to trust, so that a client's certificate proves a caller. */
final class CallersTrustTest {
    private static final String PUBLIC = "list[0].certificates: could be of any public issuer";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundle=web; pem.web.truststore.certificate=ca.pem",
                "bundle=Web_1; jks.Web_1.truststore.location=ca.p12",
                "trust-certificate=ca.pem",
                "trust-store=ca.p12",
                "bundle=web; pem.web.truststore.certificate=ca.pem; server-name-bundles[0].server-name=a.example.com; "
                        + "server-name-bundles[0].bundle=web",
            })
    void an_issuer_that_is_named_may_certify_callers(String server) {
        assertThatCode(() -> check(server)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundle=web; pem.web.keystore.certificate=web.pem",
                "bundle=web; pem.other.truststore.certificate=ca.pem",
                "bundle=web; trust-certificate=ca.pem",
                "bundle=web; trust-store=ca.p12",
                "bundle=web; pem.web.truststore.certificate=ca.pem; server-name-bundles[0].server-name=a.example.com; "
                        + "server-name-bundles[0].bundle=other; pem.other.keystore.certificate=other.pem",
            })
    void public_issuers_may_not_whatever_server_name_is_asked_for(String server) {
        assertThatThrownBy(() -> check(server)).hasMessageContaining(PUBLIC);
    }

    @Test
    void where_no_caller_has_a_certificate_any_server_will_do() {
        Settings none = SettingsOf.keys(Map.of("sallyport.provider.base-url", "http://127.0.0.1:1"));

        assertThatCode(() -> ClientCertificates.check(environment(Map.of()), none))
                .doesNotThrowAnyException();
    }

    private static void check(String server) {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of("server.ssl.client-auth", "want"));
        for (String pair : server.split("; ", -1)) {
            String[] parts = pair.split("=", 2);
            boolean isOfBundle = parts[0].startsWith("pem.") || parts[0].startsWith("jks.");
            keys.put((isOfBundle ? "spring.ssl.bundle." : "server.ssl.") + parts[0], parts[1]);
        }
        ClientCertificates.check(environment(keys), certified());
    }

    private static Environment environment(Map<String, Object> keys) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", keys));
        return environment;
    }

    private static Settings certified() {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of(
                "sallyport.provider.base-url", "http://127.0.0.1:1",
                "sallyport.provider.credentials", "replace",
                "sallyport.provider.projects[0].id", "project-1",
                "sallyport.provider.projects[0].secret", "secret-1"));
        keys.putAll(Map.of(
                "sallyport.callers.list[0].name", "billing",
                "sallyport.callers.list[0].certificates[0]", "dns:billing.example.com",
                "sallyport.callers.list[0].operations[0]", "*",
                "sallyport.callers.list[0].projects[0]", "*",
                "sallyport.callers.list[0].organizations[0]", "*"));
        return SettingsOf.keys(keys);
    }
}

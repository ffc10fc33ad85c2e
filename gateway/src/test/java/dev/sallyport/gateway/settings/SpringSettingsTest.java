package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** Slips in settings that are Spring's own. */
final class SpringSettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.prt: 8080 | 4:13 | server.prt | did you mean server.port?",
                "server: { ssl: { bundel: x } } | 4:26 | server.ssl.bundel | did you mean server.ssl.bundle?",
                "management.server.adress: 0.0.0.0 | 4:27 | management.server.adress |"
                        + " did you mean management.server.address?",
                "loging.level.root: warn | 4:20 | loging.level.root | did you mean logging where it says loging?",
                "salyport.deadline: 5s | 4:20 | salyport.deadline | did you mean sallyport where it says salyport?",
                "logging.patern.console: x | 4:25 | logging.patern.console | did you mean logging.pattern.console?",
                "spring.ssl.bundle.pem.web.keystore.certificte: x | 4:48 | spring.ssl.bundle.pem.web.keystore.certificte |"
                        + " did you mean spring.ssl.bundle.pem.web.keystore.certificate?",
                "spring.ssl.bundles.pem.web.keystore.certificate: x | 4:50 |"
                        + " spring.ssl.bundles.pem.web.keystore.certificate | is not a setting",
                "spring.ssl.bundle.pem.web.options.protocols: TLSv1.3 | 4:46 |"
                        + " spring.ssl.bundle.pem.web.options.protocols | is not a setting",
                "server.ssl.server-name-bundles: [{ bundle: x, sever-name: y }] | 4:59 | server.ssl.server-name-bundles[0].sever-name | did you mean server.ssl.server-name-bundles[0].server-name?",
                "spring.cloud.gateway.server.webflux.routs: [] | 4:44 | spring.cloud.gateway.server.webflux.routs |"
                        + " did you mean spring.cloud.gateway.server.webflux.routes?",
                "management.metrics.export.prometheus.enabled: true | 4:47 | management.metrics.export.prometheus.enabled |"
                        + " what took its place is management.prometheus.metrics.export.enabled",
            })
    void a_key_that_is_none_is_told_with_its_place_and_the_nearest(
            String line, String place, String key, String words) {
        assertThat(file(line).problems())
                .singleElement()
                .asString()
                .startsWith("sallyport.yml:" + place + ": " + key + ": ")
                .endsWith(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.port: abc | server.port | must be a whole number, was abc",
                "management.server.port: 1x | management.server.port | must be a whole number, was 1x",
                "server.address: a b | server.address | must be an address such as 127.0.0.1, was a b",
                "server.shutdown: perhaps | server.shutdown | must be graceful or immediate, was perhaps",
                "server.netty.connection-timeout: soon | server.netty.connection-timeout | must be a duration such as 250ms, 10s or 5m,"
                        + " was soon",
                "server.ssl.enabled: perhaps | server.ssl.enabled | must be true or false, was perhaps",
                "logging.level.root: loud | logging.level.root |"
                        + " must be trace or debug or info or warn or error or fatal or off, was loud",
                "management.endpoint.health.show-details: perhaps | management.endpoint.health.show-details |"
                        + " must be never or when_authorized or always, was perhaps",
                "management.endpoint.keys.access: perhaps | management.endpoint.keys.access |"
                        + " must be none or read_only or unrestricted, was perhaps",
                "spring.ssl.bundle.jks.web.reload-on-update: x | spring.ssl.bundle.jks.web.reload-on-update |"
                        + " must be true or false, was x",
                "spring.cloud.gateway.server.webflux.httpclient.pool.type: x |"
                        + " spring.cloud.gateway.server.webflux.httpclient.pool.type |"
                        + " must be elastic or fixed or disabled, was x",
            })
    void a_value_that_cannot_be_is_told_with_what_was_expected(String line, String key, String words) {
        assertThat(file(line).problems())
                .singleElement()
                .asString()
                .startsWith("sallyport.yml:4:")
                .endsWith(": " + key + ": " + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.http2.enabled: true | server.http2.enabled | must be false without server.ssl: HTTP/2 is spoken over TLS only",
                "server.http2.enabled: \"on\" | server.http2.enabled | must be false without server.ssl: HTTP/2 is spoken over TLS only",
                "server.compression.enabled: \"1\" | server.compression.enabled | must be false: answers to session calls go"
                        + " out in the bytes that were checked",
                "server.forward-headers-strategy: Frame_Work | server.forward-headers-strategy | must be none or native: the"
                        + " address of a session call is read before framework would change it",
                "server.port: 65536 | server.port | must be between 0 and 65535, was 65536",
                "server.port: -1 | server.port | must be between 0 and 65535, was -1",
                "management.server.port: 70000 | management.server.port |"
                        + " must be between 0 and 65535, or -1 for none, was 70000",
                "{ server.port: 80, management.server.port: 80 } | management.server.port |"
                        + " must be another port than server.port, was 80",
                "server.forward-headers-strategy: framework | server.forward-headers-strategy | must be none or native: the"
                        + " address of a session call is read before framework would change it",
                "spring.webflux.base-path: /x | spring.webflux.base-path | is not supported here: session calls keep the paths"
                        + " of the provider",
                "server.netty.idle-timeout: 5s | server.netty.idle-timeout | is not supported here; set"
                        + " sallyport.request.idle-timeout",
                "server.netty.max-keep-alive-requests: 100 | server.netty.max-keep-alive-requests | is not supported here:"
                        + " session calls would not be counted",
                "server.compression.enabled: true | server.compression.enabled | must be false: answers to session calls go"
                        + " out in the bytes that were checked",
                "server.max-http-request-header-size: 8KB | server.max-http-request-header-size | is not supported here; set"
                        + " sallyport.request.header-limit",
                "server.shutdown: immediate | server.shutdown | must be graceful: sallyport.drain says how a stop goes",
                "spring.lifecycle.timeout-per-shutdown-phase: 60s | spring.lifecycle.timeout-per-shutdown-phase | is not"
                        + " supported here; set sallyport.drain.grace",
                "server.servlet.context-path: /x | server.servlet | has no effect: there are no servlets here",
                "spring.main.web-application-type: none | spring.main.web-application-type | must be reactive",
                "spring.main.lazy-initialization: true | spring.main.lazy-initialization | must be false: what is wrong has"
                        + " to stop the start",
            })
    void what_the_gateway_cannot_serve_with_is_told(String line, String key, String words) {
        assertThat(file(line.replaceAll("[{}]", "").strip().replace(", ", "\n")).problems())
                .singleElement()
                .asString()
                .matches("sallyport.yml:[45]:\\d+: .*")
                .endsWith(": " + key + ": " + words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: { port: 8080, ssl: { bundle: web, enabled-protocols: [TLSv1.3], ciphers: 'a,b' } }",
                "server: { PORT: '${WEB_PORT:8080}', netty: { connectionTimeout: 5 } }",
                "logging: { level: { root: info, dev.sallyport.x: off, reactor: debug }, structured.format.console: ecs }",
                "logging.structured.json.add: { a.b: c }",
                "spring.ssl.bundle: { pem: { web: { keystore: { certificate: a, private-key: b } } }, jks: { x: { } } }",
                "spring.ssl.bundle.pem.web.options: { enabled-protocols: TLSv1.3, ciphers: [a, b] }",
                "spring.cloud.gateway.server.webflux: { routes: [{ id: a, uri: 'http://b', predicates: [Path=/a],"
                        + " filters: [{ name: StripPrefix, args: { parts: 1 } }], metadata: { a.b: 1 } }] }",
                "management: { endpoint.health.group: { live.include: ping }, metrics.tags: { region: eu } }",
                "management.endpoint: { keys.access: none, contracts.access: read-only }",
                "my-own: { address: 10.0.0.1 }",
                "info: { any: thing }",
            })
    void what_spring_takes_is_taken(String line) {
        assertThat(file(line).problems()).isEmpty();
    }

    @Test
    void variables_are_read_but_may_be_of_other_programs() {
        SettingsFile file = file("").with(Map.of("SERVER_PRT", "1", "SPRING_BREAK", "now", "SERVER_PORT", "abc"));

        assertThat(file.problems()).containsExactly("systemEnvironment: server.port: must be a whole number, was abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPRING_MAIN_WEBAPPLICATIONTYPE", "SPRING_MAIN_WEB_APPLICATION_TYPE"})
    void a_variable_is_read_however_a_dash_is_spelt(String variable) {
        assertThat(file("").with(Map.of(variable, "perhaps")).problems())
                .singleElement()
                .asString()
                .contains("spring.main.web-application-type: must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.main.webApplicationType", "SPRING.main.web_application_type"})
    void a_key_is_read_in_every_spelling(String key) {
        assertThat(file("'" + key + "': perhaps").problems())
                .singleElement()
                .asString()
                .contains("spring.main.web-application-type: must be ");
    }

    @Test
    void the_settings_that_the_product_brings_are_all_known() throws Exception {
        var environment = new StandardEnvironment();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load("own", new ClassPathResource("application.yml"))) {
            environment.getPropertySources().addLast(source);
        }
        System.setProperty("sallyport.provider.base-url", "https://test.stytch.com");
        try {
            assertThat(new SettingsReader(environment).read().provider().projects())
                    .isEmpty();
        } finally {
            System.clearProperty("sallyport.provider.base-url");
        }
    }

    private SettingsFile file(String line) {
        return new SettingsFile(folder, SettingsFile.LEAST + line + "\n");
    }
}

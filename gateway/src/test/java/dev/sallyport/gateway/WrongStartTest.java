package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings by the command line: told by {@code check} and by {@code run} in the same line, on the same stream. */
@Timeout(180)
final class WrongStartTest {
    private static final String LEAST = "sallyport.provider.base-url: http://127.0.0.1:1\n";
    private static final String PEM = "spring.ssl.bundle.pem.web.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate own;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate other;

    @BeforeAll
    static void make() throws Exception {
        own = Certificate.of(folder, "dns:localhost");
        other = Certificate.of(folder, "dns:other.example");
        own.trustedIn(folder.resolve("trusted.p12"));
        Files.write(folder.resolve("garbage"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        Files.createFile(folder.resolve("empty"));
        String kind = "ENCRYPTED PRIVATE KEY-----\n";
        Files.writeString(folder.resolve("encrypted"), "-----BEGIN " + kind + "aHVzaA==\n-----END " + kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "spring.ssl.bundle.pem.web.options.enabled-protocols: TLSv1.1 | spring.ssl.bundle.pem.web: cannot be used: the protocols must be TLSv1.2 and TLSv1.3, or one of them; was TLSv1.1",
                "sallyport.store: { url: 'rediss://localhost', ssl-bundle: none } | sallyport.store.ssl-bundle: must be the name of an SSL bundle",
                "sallyport.management.token-file: none | sallyport.management.token-file: must be a file with a token of 16 characters or more in a line",
                "sallyport.management.console-actions: true | 2:39: sallyport.management.console-actions: must be false unless there is a login: sallyport.management.token-file, or management.server.ssl",
                "sallyport.management: { console: false, console-actions: true } | sallyport.management.console-actions: must be false while sallyport.management.console is, was true",
                "sallyport.provider.pins: [sha256/none] | sallyport.provider.pins",
                "sallyport.egress.proxy: { url: 'http://127.0.0.1:3128', credentials-file: <empty> } |"
                        + " sallyport.egress.proxy.credentials-file: must be a file whose first line is user:password, was none",
                "sallyport.egress.proxy.url: http://me:hush@127.0.0.1:3128 | 2:29: sallyport.egress.proxy.url: must be a URL such as"
                        + " http://proxy.example.com:3128; credentials stand in sallyport.egress.proxy.credentials-file",
                "sallyport.egress.private-addresses: deny | 2:37: sallyport.egress.private-addresses: must be allow or refuse",
                "server.ssl.protocol: TLSv1.3 | 2:22: server.ssl.protocol: has no effect on this server; set server.ssl.enabled-protocols",
                "sallyport.deadlin: 5s | 2:20: sallyport.deadlin: is not a setting",
                "sallyport.deadline: 5 | 2:21: sallyport.deadline: must be a duration",
                "sallyport.retry: [1] | 2:19: sallyport.retry",
                "sallyport: { deadline: 5s, deadline: 6s } | 2:28: sallyport.deadline: is there twice",
                "sallyport: x | 2:12: sallyport: must be a section with keys of its own",
                "salyport.deadline: 5s | 2:20: salyport.deadline: is not a setting; did you mean sallyport",
                "sallyport: { | 3:1: is not YAML",
                "a: [ | 3:1: is not YAML",
                "- a | 2:1: is not YAML",
                "server.prt: 1 | 2:13: server.prt: is not a setting; did you mean server.port?",
                "server.port: abc | 2:14: server.port: must be a whole number, was abc",
                "server.port: 70000 | 2:14: server.port: must be between 0 and 65535, was 70000",
                "management.server.port: 99999 | 2:25: management.server.port: must be between",
                "management.server.port: 9400 | 2:25: management.server.port: must be another port than server.port",
                "server.port: 9401 | 2:14: server.port: must be another port than management.server.port, was 9401",
                "management.server.address: nowhere.invalid | 2:28: management.server.address: must be an address",
                "server.http2.enabled: true | 2:23: server.http2.enabled: must be false",
                "server.ssl.bundle: nope | 2:20: server.ssl.bundle: must be the name of an SSL bundle",
                "management.server.ssl.bundle: nope | 2:31: management.server.ssl.bundle: must be the name of",
                "sallyport.provider.ssl-bundle: nope | 2:32: sallyport.provider.ssl-bundle: must be the name of",
                "server.ssl: { certificate: none.pem, certificate-private-key: none.key } |"
                        + " 2:28: server.ssl.certificate: must be a file that can be read, was none.pem",
                "server.ssl: { key-store: none.p12, key-store-password: hush } |"
                        + " 2:26: server.ssl.key-store: must be a file that can be read, was none.p12",
                "server.ssl: { key-store: <store>, key-store-password: hush } |"
                        + " server.ssl.key-store-password: must be the password of <store>, which it does not open",
                "server.ssl: { key-store: <store> } |" + " 2:26: server.ssl: cannot be used: its password is wrong",
                "server.ssl: { key-store: <garbage>, key-store-password: hush } |"
                        + " 2:26: server.ssl.key-store: must be a key store of type PKCS12, which <garbage> is not",
                "server.ssl: { key-store: <empty>, key-store-password: hush } |"
                        + " 2:26: server.ssl.key-store: must be a key store of type PKCS12, which <empty> is not: it is empty",
                "server.ssl: { key-store: <store>, key-store-password: changeit, key-store-type: ROT13 } |"
                        + " server.ssl.key-store-type: must be a type of key store such as PKCS12 or JKS, was ROT13",
                "server.ssl: { key-store: <trusted>, key-store-password: changeit } |"
                        + " 2:26: server.ssl: must hold a private key and its certificate: there is no private key",
                "server.ssl: { certificate: <garbage>, certificate-private-key: <key> } |"
                        + " 2:28: server.ssl.certificate: must hold a certificate in PEM, which <garbage> does not",
                "server.ssl: { certificate: <certificate>, certificate-private-key: <other> } |"
                        + " 2:28: server.ssl: must hold a private key and its certificate: the key is that of another one",
                "server.ssl.enabled: true | 2:21: server.ssl: ",
                "server.ssl: { server-name-bundles: [{ server-name: a, bundle: nope }] } |"
                        + " 2:63: server.ssl.server-name-bundles[0].bundle: must be the name of",
                PEM + "keystore: { certificate: none.pem, private-key: none.key } |"
                        + " 2:52: spring.ssl.bundle.pem.web.keystore.certificate: must be a file that can be read",
                PEM
                        + "keystore: { certificate: <certificate>, private-key: <other> } | 2:52: spring.ssl.bundle.pem.web.keystore:"
                        + " must hold a private key and its certificate: the key is that of another one",
                PEM + "keystore: { certificate: <certificate> } | 2:52: spring.ssl.bundle.pem.web.keystore:"
                        + " must hold a private key and its certificate: there is no private key",
                PEM + "keystore: { certificate: <key>, private-key: <key> } |"
                        + " 2:52: spring.ssl.bundle.pem.web.keystore.certificate: must hold a certificate in PEM, which <key> does not",
                PEM + "keystore: { certificate: <certificate>, private-key: <certificate> } |"
                        + " spring.ssl.bundle.pem.web.keystore.private-key: must hold a private key in PEM, which <certificate> does not",
                PEM + "keystore: { certificate: <certificate>, private-key: <encrypted> } |"
                        + " spring.ssl.bundle.pem.web.keystore.private-key: is encrypted: must be opened by a password under"
                        + " spring.ssl.bundle.pem.web.keystore.private-key-password",
                PEM + "keystore: { certificate: <certificate>, private-key: <encrypted>, private-key-password: hush } |"
                        + " spring.ssl.bundle.pem.web.keystore.private-key-password: must be the password of <encrypted>,",
                "server.ssl: { certificate: <certificate>, certificate-private-key: <encrypted>, key-password: hush } |"
                        + " server.ssl.certificate-private-key: must not be encrypted: only a bundle takes its password",
                PEM + "truststore.certificate: <garbage> |"
                        + " 2:51: spring.ssl.bundle.pem.web.truststore.certificate: must hold a certificate in PEM, which <garbage> does not",
                PEM + "truststore.certificate: <empty> |"
                        + " 2:51: spring.ssl.bundle.pem.web.truststore.certificate: must hold a certificate in PEM, which <empty> does not",
                PEM + "options.enabled-protocols: TLSv9 | spring.ssl.bundle.pem.web: cannot be used: ",
                PEM + "options.ciphers: ROT13 | spring.ssl.bundle.pem.web: cannot be used: ",
                "spring.ssl.bundle.jks.web.truststore: { location: none.jks } |"
                        + " 2:51: spring.ssl.bundle.jks.web.truststore.location: must be a file",
                "spring.ssl.bundle.jks.web.keystore: { location: <garbage> } | 2:49: spring.ssl.bundle.jks.web.keystore.location:"
                        + " must be a key store of type PKCS12, which <garbage> is not",
                "spring.ssl.bundle.jks.web.keystore: { location: <empty> } | 2:49: spring.ssl.bundle.jks.web.keystore.location:"
                        + " must be a key store of type PKCS12, which <empty> is not: it is empty",
                "spring.ssl.bundle.jks.web.keystore: { location: <trusted>, password: changeit } | 2:49:"
                        + " spring.ssl.bundle.jks.web.keystore: must hold a private key and its certificate: there is no private key",
                "spring.ssl.bundle.jks.web.keystore: { location: 'base64:aHVzaA==' } | 2:49:"
                        + " spring.ssl.bundle.jks.web.keystore.location: must be a key store of type PKCS12, which the text",
                "server.ssl.bundle: web <line> " + PEM + "keystore: { certificate: <certificate> } |"
                        + " 3:52: spring.ssl.bundle.pem.web.keystore: must hold a private key and its certificate: there is no",
                "logging.level.root: loud | 2:21: logging.level.root: must be trace or",
                "logging.config: none.xml | 2:17: logging.config: must be a file",
                "logging.structured.format.console: ecz | 2:36: logging.structured.format.console: ",
                "logging.pattern.console: '%nope{' | 2:26: logging.pattern.console: must be a pattern of Logback's",
                "logging.charset.console: UTF-9 | 2:26: logging.charset.console: must be a character set",
                "spring.cloud.gateway.server.webflux.routes: [{ id: a, predicates: [Path=/a] }] |"
                        + " spring.cloud.gateway.server.webflux.routes[0].uri",
                "sallyport.other-calls: forward | 2:24: sallyport.other-calls: must be refuse, or a list of routes, was forward",
                "sallyport.other-calls: [{ id: A, predicates: ['Path=/a'] }] | sallyport.other-calls[0].id: must be 1 to 64 of",
                "sallyport.other-calls: [{ predicates: ['Path=/a'] }] | sallyport.other-calls[0].id: must be a name for the route",
                "sallyport.other-calls: [{ id: a, predicates: [Method=GET] }] |"
                        + " sallyport.other-calls[0].predicates: must be a list with the paths",
                "sallyport.other-calls: [{ id: a, predicates: [Path=/a,/b] }] |"
                        + " sallyport.other-calls[0].predicates: must be written Name=arguments, each in quotes, was /b",
                "sallyport.other-calls: [{ id: a, predicates: ['Path=/a'], uri: 'http://a' }] |"
                        + " sallyport.other-calls[0].uri: is not a setting",
                "sallyport.other-calls: [{ id: a, predicates: ['Path=/a'] }, { id: a, predicates: ['Path=/b'] }] |"
                        + " sallyport.other-calls: must be a list without duplicates, was a twice",
                "spring.cloud.gateway.server.webflux.routes: [{ id: a, uri: 'http://a', predicates: [Path=/a] },"
                        + " { id: a, uri: 'http://a', predicates: [Path=/b] }] |"
                        + " spring.cloud.gateway.server.webflux.routes[1].id: must be another id",
                "spring.config.import: none.yml | a settings file cannot be found: ",
                "spring.profiles.active: '!' | spring.profiles.active",
                "spring.main.web-application-type: perhaps | 2:35: spring.main.web-application-type: must be",
                "sallyport.provider.pack: none | none: is neither a built-in contract pack nor a folder",
                "sallyport.capture.file: none/x.ndjson | 2:25: sallyport.capture.file: must be a file that can be written (no such file or directory)",
                "sallyport.session-token.jwks.file: none/keys.json | 2:36: sallyport.session-token.jwks.file: must be a file",
                "sallyport.deadline: ${NOT_SET} | 2:21: sallyport.deadline: refers to NOT_SET, which is not set",
                "server.port: ${NOT_SET} | 2:14: server.port: refers to NOT_SET, which is not set",
            })
    void a_wrong_setting_is_told_with_its_place_and_never_by_a_stack(String line, String expected) throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yml"), LEAST + filled(line) + "\n");

        CommandRun check = CommandRun.of("check", "--config", file.toString());
        CommandRun run = CommandRun.of("run", "--config", file.toString());

        assertThat(check.status()).as(check.out() + check.err()).isOne();
        assertThat(check.err()).contains(filled(expected)).doesNotContain("\tat ", "hush", "aHVzaA", "-----");
        assertThat(check.out()).isEmpty();
        assertThat(run).isEqualTo(check);
    }

    /** Only a start knows which beans there are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "spring.cloud.gateway.server.webflux.routes: [{ id: a, uri: 'http://a', predicates: [Pth=/a] }] |"
                        + " start.yml:4:52: spring.cloud.gateway.server.webflux.routes[0]: cannot be made: Unable to find RoutePredicateFactory with name Pth",
                "spring.cloud.gateway.server.webflux.routes:"
                        + " [{ id: a, uri: 'http://a', predicates: [Path=/a], filters: [Nope=1] }] |"
                        + " cannot be made: Unable to find GatewayFilterFactory with name Nope",
                "spring.cloud.gateway.server.webflux.routes: [{ id: a, uri: 'http://a', predicates: [After=soon] }] |"
                        + " spring.cloud.gateway.server.webflux.routes[0]: cannot be made: ",
                "sallyport.other-calls: [{ id: a, predicates: ['Path=/a'], filters: [Nope] }] |"
                        + " sallyport.other-calls[0]: cannot be made: Unable to find GatewayFilterFactory with name Nope",
                "sallyport.other-calls: [{ id: a, predicates: ['Path=/a'], filters: [StripPrefix=x] }] |"
                        + " sallyport.other-calls[0]: cannot be made: ",
                "management.server.address: 192.0.2.1 | sallyport: cannot listen on 192.0.2.1, port 0; choose others",
                "management.endpoint.health.group.x.include: nothing | Health contributor 'nothing' defined in 'management.endpoint.health.group.x.include' does not exist",
            })
    void what_only_a_start_finds_is_told_in_a_line(String line, String expected) throws Exception {
        String ports = "server.port: 0\nmanagement.server.port: 0\n";
        Path file = Files.writeString(folder.resolve("start.yml"), LEAST + ports + line + "\n");

        CommandRun run = CommandRun.of("run", "--config", file.toString());

        assertThat(run.status()).as(run.out() + run.err()).isOne();
        assertThat(run.err()
                        .lines()
                        .filter(told -> !told.contains(" WARN "))) // what a failing start drops is told beside it
                .singleElement()
                .asString()
                .contains(expected);
    }

    @Test
    void all_is_told_at_once() throws Exception {
        Path file = Files.writeString(
                folder.resolve("all.yml"), "server: { prt: 1, ssl.bundle: x }\nsallyport.deadline: 1\nsever.port: 1\n");

        CommandRun check = CommandRun.of("check", "--config", file.toString());

        assertThat(check.err().lines().toList())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("all.yml:1:16: server.prt"))
                .anySatisfy(line -> assertThat(line).contains("all.yml:2:21: sallyport.deadline"))
                .anySatisfy(line -> assertThat(line).contains("all.yml:3:13: sever.port"))
                .anySatisfy(line -> assertThat(line).contains("sallyport.provider.base-url: must be"));
    }

    private static String filled(String line) throws Exception {
        return line.replace(" <line> ", "\n")
                .replace("<store>", folder.resolve("dns-localhost.p12").toString())
                .replace("<trusted>", folder.resolve("trusted.p12").toString())
                .replace("<garbage>", folder.resolve("garbage").toString())
                .replace("<encrypted>", folder.resolve("encrypted").toString())
                .replace("<empty>", folder.resolve("empty").toString())
                .replace("<certificate>", own.certificate().toString())
                .replace("<other>", other.privateKey().toString())
                .replace("<key>", own.privateKey().toString());
    }
}

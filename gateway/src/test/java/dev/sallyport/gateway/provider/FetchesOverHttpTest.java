package dev.sallyport.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.telemetry.lookup.FingerprintLookup.Question;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksFetch.Document;
import dev.sallyport.token.keys.fetch.JwksFetch.Fetched;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/** What holds for replies to calls holds for those to lookups and key fetches. */
@Timeout(60)
final class FetchesOverHttpTest {
    private static final Contract LOOKUP = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32))
            .fingerprintLookup()
            .orElseThrow()
            .contract();
    private static final Issuer ISSUER =
            new Issuer(new Operation("keys", "GET", "/keys/{project}"), TokenAlgorithm.RS256, "project-test-1");
    private static final Scheduler LOOP = Schedulers.fromExecutor(
            HttpResources.get().onClient(LoopResources.DEFAULT_NATIVE).next());
    private static final String BODY = "{\"status_code\":200}";
    private static final String GOOD = reply(BODY);

    /** One connection for two lookups, or one for each. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 1",
        "'HTTP/1.1 103 Early Hints~~', '', 1",
        "'', 'H', 2",
        "'', 'HTTP/1.1 408 Request Timeout~~', 2",
    })
    void a_lookup_gets_its_own_reply_on_a_connection_in_order(String before, String behind, int connections)
            throws Exception {
        try (var server = new RawServer(
                        (before + "REPLY" + behind).replace("~", "\r\n").replace("REPLY", GOOD));
                var clients = ProviderClients.usual(PoolSettings.defaults(), 1, HttpResources.get())) {
            var lookups = lookups(clients, server);

            for (int lookup = 0; lookup < 2; lookup++) {
                assertThat(new String(fetched(lookups).body(), UTF_8)).isEqualTo(BODY);
            }

            assertThat(server.connections()).isEqualTo(connections);
        }
    }

    @Test
    void a_connection_is_not_used_again_after_a_lookup_that_could_not_be_read() throws Exception {
        try (var server = new RawServer(reply("no JSON"));
                var clients = ProviderClients.usual(PoolSettings.defaults(), 1, HttpResources.get())) {
            var lookups = lookups(clients, server);

            assertThat(fetched(lookups).content()).isInstanceOf(BrokenForm.class);
            assertThat(fetched(lookups).content()).isInstanceOf(BrokenForm.class);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void keys_are_fetched_over_a_connection_of_their_own_each_time() throws Exception {
        try (var server = new RawServer("HTTP/1.1 103 Early Hints\r\n\r\n" + reply("{\"keys\":[]}"));
                var clients = ProviderClients.usual(PoolSettings.defaults(), 1, HttpResources.get())) {
            for (int fetch = 0; fetch < 2; fetch++) {
                var keys = new JwksOverHttp(
                        clients.keys(), new JwksAddresses("http://127.0.0.1:" + server.port(), Map.of()));
                Fetched document = keys.fetch(ISSUER).block();
                assertThat(document).isInstanceOf(Document.class).hasToString("11 bytes");
            }

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static FingerprintOverHttp lookups(ProviderClients clients, RawServer server) {
        URI provider = URI.create("http://127.0.0.1:" + server.port());
        return new FingerprintOverHttp(clients.lookups(), provider, LOOKUP);
    }

    private static Answer fetched(FingerprintOverHttp lookups) {
        return Objects.requireNonNull(lookups.fetch("{}".getBytes(UTF_8), new Question("id", "Basic none"))
                .subscribeOn(LOOP)
                .block());
    }

    private static String reply(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}

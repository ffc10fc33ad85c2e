package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.settings.problem.SettingsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider's base URL that is missing, wrong, or the gateway's own. */
final class BaseUrlProblemsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9400, 0.0.0.0",
        "http://localhost:9400/, 0.0.0.0",
        "https://LOCALHOST:9400, ''",
        "http://127.0.0.2:9400, ''",
        "'http://[::1]:9400', ''",
        "http://0.0.0.0:9400, ''",
        "http://localhost:9400, 127.0.0.1",
        "http://localhost.:9400, 127.0.0.1",
        "http://gateway.LocalHost:9400, ''",
        "http://0.0.0.0:9400, 127.0.0.1",
        "'http://[::]:9400', '::1'",
        "http://192.0.2.7:9400, 192.0.2.7",
    })
    void a_provider_that_is_the_gateway_itself_is_refused(String url, String address) {
        List<String> base = file(provider("base-url: '" + url + "'", address)).problems();
        List<String> fraud = file(provider("{ base-url: 'https://a.example', fraud-base-url: '" + url + "' }", address))
                .problems();

        assertThat(base)
                .singleElement()
                .asString()
                .contains("sallyport.yml:2:", ": sallyport.provider.base-url: must be the provider's, was ");
        assertThat(fraud)
                .singleElement()
                .asString()
                .contains("sallyport.yml:2:", ": sallyport.provider.fraud-base-url: must be the provider's, was ");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9410, ''",
        "http://127.0.0.1, ''",
        "http://127.0.0.1:9400, 192.0.2.7",
        "http://192.0.2.8:9400, ''",
        "http://provider.example:9400, ''",
    })
    void a_provider_on_another_port_or_machine_is_taken(String url, String address) {
        assertThat(file(provider("base-url: '" + url + "'", address)).problems())
                .isEmpty();
    }

    @Test
    void without_any_settings_the_base_url_is_missing() {
        assertThat(file("other: 1").problems())
                .containsExactly("sallyport.provider.base-url: must be a URL such as https://api.example.com,"
                        + " without a path, was missing");
    }

    @Test
    void a_missing_base_url_is_named_beside_a_wrong_neighbour() {
        assertThat(file("sallyport: { provider: { pool: { pending: 0 } } }").problems())
                .containsExactlyInAnyOrder(
                        "sallyport.provider.base-url: must be a URL such as https://api.example.com,"
                                + " without a path, was missing",
                        "sallyport.yml:1:43: sallyport.provider.pool.pending: must be between 1 and 1000000, was 0");
    }

    @Test
    void a_wrong_neighbour_does_not_make_the_base_url_missing() {
        assertThat(file(SettingsFile.LEAST + "    reply-limit: 1\n").problems())
                .containsExactly("sallyport.yml:4:18: sallyport.provider.reply-limit:"
                        + " must be between 4KB and 65536KB, was 1B");
    }

    @Test
    void a_password_in_the_base_url_is_refused_and_not_shown() {
        for (String url : List.of("https://me:hush@host", "https://m e:hush@host", "ht tps://me:hush@host:x")) {
            assertThatThrownBy(file("sallyport.provider.base-url: " + url).reader()::read)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("sallyport.provider.base-url: must be a URL")
                    .hasMessageNotContaining("hush");
        }
    }

    private static String provider(String settings, String address) {
        String flow = settings.startsWith("{") ? settings : "{ " + settings + " }";
        String server = address.isEmpty() ? "" : "server.address: " + address + "\n";
        return "sallyport:\n  provider: " + flow + "\nserver.port: 9400\n" + server;
    }

    private SettingsFile file(String yaml) {
        return new SettingsFile(folder, yaml);
    }
}

package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Keys that are there twice, in one file or in two spellings. */
final class RepeatedSettingsTest {
    @TempDir
    Path folder;

    @Test
    void a_key_that_is_there_twice_is_told_with_both_places() {
        assertThat(file(SettingsFile.LEAST + """
                  deadline: 5s
                  retry: { attempts: 1, attempts: 2 }
                  deadline: 6s
                sallyport.server-timing: true
                """).problems())
                .containsExactly(
                        "sallyport.yml:5:25: sallyport.retry.attempts: is there twice, first at sallyport.yml:5:12;"
                                + " keep one",
                        "sallyport.yml:6:3: sallyport.deadline: is there twice, first at sallyport.yml:4:3; keep one");
    }

    @Test
    void two_spellings_of_one_key_are_refused() {
        assertThat(file(SettingsFile.LEAST + """
                    base_url: https://api.stytch.com
                sallyport.provider.baseUrl: https://api.stytch.com
                server: { port: 1, PORT: 2 }
                logging.level: { a-b: warn, a_b: warn }
                """).problems())
                .containsExactly(
                        "sallyport.yml:4:5: sallyport.provider.base_url: is there twice, first at sallyport.yml:3:5,"
                                + " spelt base-url; keep one",
                        "sallyport.yml:5:1: sallyport.provider.baseUrl: is there twice, first at sallyport.yml:3:5,"
                                + " spelt base-url; keep one",
                        "sallyport.yml:6:20: server.PORT: is there twice, first at sallyport.yml:6:11, spelt port;"
                                + " keep one");
    }

    @Test
    void two_variables_for_one_key_are_refused() {
        SettingsFile file = file(SettingsFile.LEAST)
                .with(Map.of(
                        "SALLYPORT_PROVIDER_BASEURL", "https://a.example.com",
                        "SALLYPORT_PROVIDER_BASE_URL", "https://b.example.com",
                        "SALLYPORT_PROVIDER_PROJECTS_0_ID", "one",
                        "SALLYPORT_PROVIDER_PROJECTS_1_ID", "two"));

        assertThat(file.problems())
                .containsExactly("environment variable: SALLYPORT_PROVIDER_BASE_URL: sets the same key as"
                        + " SALLYPORT_PROVIDER_BASEURL; keep one");
    }

    @Test
    void two_arguments_for_one_key_are_refused() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(
                        "--sallyport.provider.base-url=https://a.example.com",
                        "--sallyport.provider.baseUrl=https://b.example.com"));

        assertThatThrownBy(new SettingsReader(environment)::read)
                .hasMessage("command line: sallyport.provider.base-url: is there twice, in two spellings; keep one");
    }

    @Test
    void a_later_document_of_a_file_may_say_otherwise() {
        assertThat(file(SettingsFile.LEAST + "---\n" + SettingsFile.LEAST).problems())
                .isEmpty();
    }

    private SettingsFile file(String yaml) {
        return new SettingsFile(folder, yaml);
    }
}

package dev.sallyport.gateway.settings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.gateway.settings.spring.WrittenSettings.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

final class WrittenSettingsTest {
    private static final String CANARY = "c4n4ry";

    private static List<Written> written(Map<String, Object> variables, Map<String, Object> file) {
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        ConfigurationPropertySources.from(List.of(
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables),
                        new MapPropertySource("file", file)))
                .forEach(sources::add);
        return WrittenSettings.in(sources);
    }

    @Test
    void what_has_no_room_for_a_secret_is_told_and_the_nearest_source_holds() {
        assertThat(written(
                        Map.of("SERVER_PORT", "9500"),
                        Map.of(
                                "server.port", "9400",
                                "server.ssl.bundle", "web",
                                "management.server.ssl.client-auth", "need",
                                "logging.level.dev.sallyport", "debug")))
                .extracting(Written::key, Written::value)
                .containsExactly(
                        tuple("logging.level.dev.sallyport", "debug"),
                        tuple("management.server.ssl.client-auth", "need"),
                        tuple("server.port", "9500"),
                        tuple("server.ssl.bundle", "web"));
    }

    @Test
    void what_may_be_a_secret_is_told_to_be_set_and_no_more() {
        List<Written> written = written(
                Map.of("SERVER_SSL_KEY_STORE_PASSWORD", CANARY),
                Map.of(
                        "spring.ssl.bundle.pem.web.keystore.private-key", CANARY,
                        "spring.ssl.bundle.jks.web.keystore.password", CANARY,
                        "spring.config.import", "configtree:" + CANARY));

        assertThat(written).hasSize(4).allMatch(setting -> setting.value().equals("set (not shown)"));
        assertThat(written.toString()).doesNotContain(CANARY);
    }

    @Test
    void variables_of_other_programs_and_keys_of_ours_are_left_out() {
        assertThat(written(
                        Map.of("SERVER_SOFTWARE_TYPE", CANARY, "SALLYPORT_DEADLINE", "5s", "HOME", CANARY),
                        Map.of("mine.own", CANARY)))
                .isEmpty();
    }
}

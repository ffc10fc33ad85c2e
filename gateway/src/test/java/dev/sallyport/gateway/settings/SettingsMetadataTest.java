package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor completes keys by, as it lies on the class path of the product, held against the documentation. */
final class SettingsMetadataTest {
    private static final String PREFIX = "sallyport.";
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void each_documented_key_is_there_with_its_type_and_meaning() throws IOException {
        Map<String, JsonNode> properties = properties();

        List<String> missing = SettingsTablesTest.documented().stream()
                .map(key -> PREFIX + key)
                .filter(key -> !isThere(key, properties))
                .toList();

        assertThat(missing).isEmpty();
        assertThat(properties)
                .hasEntrySatisfying(
                        "sallyport.provider.base-url",
                        url -> assertThat(text(url, "type")).isEqualTo("java.net.URI"))
                .hasEntrySatisfying("sallyport.provider.reply-limit", limit -> {
                    assertThat(text(limit, "defaultValue")).isEqualTo("1MB");
                    assertThat(text(limit, "description")).isEqualTo("The largest reply that is read.");
                });
    }

    private static String text(JsonNode property, String member) {
        return property.path(member).asString("");
    }

    /** What stands in an entry of a list, or below an id, an editor finds in the type of the list, or leaves free. */
    private static boolean isThere(String key, Map<String, JsonNode> properties) {
        String written = key.replaceAll("(\\[\\]|\\.\\*).*", "");
        JsonNode property = properties.get(written);
        return property != null && !text(property, "type").isEmpty();
    }

    private static Map<String, JsonNode> properties() throws IOException {
        Map<String, JsonNode> properties = new HashMap<>();
        for (URL file : Collections.list(SettingsMetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = file.openStream()) {
                JSON.readTree(json)
                        .path("properties")
                        .forEach(each -> properties.put(each.path("name").asString(), each));
            }
        }
        return properties;
    }
}

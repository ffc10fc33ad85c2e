package dev.sallyport.gateway.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.sallyport.config.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a line looks like in each form, and that no value of one breaks out of its place. */
final class LogFormsTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void logfmt_quotes_what_is_no_plain_word() {
        String line = line(
                LogFormat.LOGFMT,
                new KeyValuePair("plain", "order-4711"),
                new KeyValuePair("number", 1.25),
                new KeyValuePair("empty", ""),
                new KeyValuePair("none", null),
                new KeyValuePair("sly", "a\" level=ERROR\nmsg=\u0007x\\"),
                new KeyValuePair("list", List.of("/a required", "/b")));

        assertThat(line)
                .endsWith(
                        "Z level=INFO logger=dev.sallyport.access msg=\"A line\" plain=order-4711 number=1.25 empty=\"\""
                                + " none=null sly=\"a\\\" level=ERROR\\nmsg=\\u0007x\\\\\" list=\"[/a required, /b]\"\n")
                .startsWith("time=");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void ecs_is_json_with_the_keys_in_it() {
        JsonNode line = new JsonMapper()
                .readTree(line(
                        LogFormat.ECS,
                        new KeyValuePair("request-id", "order-4711"),
                        new KeyValuePair("millis", 1.25),
                        new KeyValuePair("sly", "a\"\n}")));

        assertThat(line.path("message").asString()).isEqualTo("A line");
        assertThat(line.at("/log/logger").asString()).isEqualTo("dev.sallyport.access");
        assertThat(line.path("request-id").asString()).isEqualTo("order-4711");
        assertThat(line.path("millis").asDouble()).isEqualTo(1.25);
        assertThat(line.path("sly").asString()).isEqualTo("a\"\n}");
    }

    private String line(LogFormat format, KeyValuePair... pairs) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        var event = new LoggingEvent("", context.getLogger("dev.sallyport.access"), Level.INFO, "A line", null, null);
        event.setKeyValuePairs(List.of(pairs));
        return new String(LogOutput.encoder(format, context).encode(event), StandardCharsets.UTF_8);
    }
}

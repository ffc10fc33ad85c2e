package dev.sallyport.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoPrinterTest {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d*m");
    private static final String BODY = "{\"session_token\":\"t\",\"note\":\"" + "x".repeat(300) + "\"}";
    private static final Step REFUSED = Step.refused(
                    "A step", "/v1/b2b/sessions/exchange", "", BODY, 502, "SESSION_TOKEN_REFUSED")
            .with("X-Sandbox-Fault", "wrong-subject");
    private static final Map<String, String> MILLIS =
            Map.of("first-door", "1.234", "provider", "12345.678", "second-door", "0.001");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {80, 99, 110})
    void no_line_is_wider_than_the_terminal(int columns) {
        write(columns, true);

        assertThat(lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("REFUSED SESSION_TOKEN_REFUSED", "as announced");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 118, 500})
    void without_a_terminal_lines_are_as_wide_as_a_reader_likes(int columns) {
        write(columns, false);

        assertThat(lines().stream().mapToInt(String::length).max()).hasValue(118);
    }

    @Test
    void what_came_back_is_told_on_several_lines_where_one_is_too_short() {
        write(80, false);

        assertThat(lines())
                .containsSubsequence(
                        "                  The provider's reply carries a session token that cannot be",
                        "                  trusted.");
    }

    @Test
    void a_reader_who_has_gone_is_noticed() {
        var closed = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);

        assertThatThrownBy(() -> new DemoPrinter(closed, false, 80).line("x")).isInstanceOf(DemoPrinter.Gone.class);
    }

    private void write(int columns, boolean colour) {
        var printer = new DemoPrinter(new PrintStream(written, true, StandardCharsets.UTF_8), colour, columns);
        String body = "{\"error_message\":\"The provider's reply carries a session token that cannot be trusted.\"}";
        printer.step(
                1,
                REFUSED,
                new StepOutcome(502, Optional.of("SESSION_TOKEN_REFUSED"), MILLIS, body),
                "reason=X violations=[ y]");
    }

    private List<String> lines() {
        return COLOUR.matcher(written.toString(StandardCharsets.UTF_8))
                .replaceAll("")
                .lines()
                .toList();
    }
}

package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class WireFaultTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.with(options -> options.withFaults(true));

    private final Sandbox sandbox = SANDBOX.sandbox();

    @Test
    void reset_resets() throws Exception {
        try (RawConnection connection = RawConnection.asking(sandbox, "reset")) {
            assertThatThrownBy(connection::everything)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void close_closes_without_a_word() throws Exception {
        try (RawConnection connection = RawConnection.asking(sandbox, "close")) {
            assertThat(connection.everything()).isEmpty();
        }
    }

    @Test
    void truncated_body_promises_more_than_it_sends() throws Exception {
        try (RawConnection connection = RawConnection.asking(sandbox, "truncated-body")) {
            String reply = connection.everything();

            assertThat(bodyOf(reply)).isNotEmpty();
            assertThat(promisedLength(reply)).isGreaterThan(bodyOf(reply).length());
        }
    }

    @Test
    void slow_body_sends_the_head_and_a_beginning_at_once() throws Exception {
        try (RawConnection connection = RawConnection.asking(sandbox, "slow-body")) {
            String beginning = connection.firstBytes();

            assertThat(beginning).startsWith("HTTP/1.1 200 OK");
            assertThat(bodyOf(beginning).length()).isLessThan(promisedLength(beginning) / 2);
        }
    }

    @Test
    void hang_never_answers() throws Exception {
        try (RawConnection connection = RawConnection.asking(sandbox, "hang").impatient(500)) {
            assertThatThrownBy(connection::firstBytes).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_sandbox_closes_though_a_connection_hangs() throws Exception {
        Sandbox closing = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        try (RawConnection connection = RawConnection.asking(closing, "hang").impatient(200)) {
            assertThatThrownBy(connection::firstBytes).isInstanceOf(SocketTimeoutException.class);

            closing.close();

            assertThat(connection.everything()).isEmpty();
        }
    }

    private static int promisedLength(String reply) {
        Matcher header = Pattern.compile("(?i)content-length: (\\d+)").matcher(reply);
        assertThat(header.find()).isTrue();
        return Integer.parseInt(header.group(1));
    }

    private static String bodyOf(String reply) {
        return reply.substring(reply.indexOf("\r\n\r\n") + 4);
    }
}

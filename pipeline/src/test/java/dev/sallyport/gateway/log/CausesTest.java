package dev.sallyport.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class CausesTest {
    @Test
    void a_chain_is_told_from_the_outermost_on() {
        var failure = new SSLHandshakeException("PKIX path building failed");
        failure.initCause(new CertificateException("No name matching localhost found"));

        assertThat(Causes.told(failure))
                .isEqualTo("SSLHandshakeException: PKIX path building failed;"
                        + " CertificateException: No name matching localhost found");
    }

    @Test
    void messages_that_may_quote_what_was_worked_on_are_left_out() {
        assertThat(Causes.told(new NumberFormatException("For input string: \"hunter2\"")))
                .isEqualTo("NumberFormatException");
        assertThat(Causes.told(new DecoderException(new NotSslRecordException("not an SSL/TLS record: 48545450"))))
                .isEqualTo("DecoderException; NotSslRecordException");
    }

    @Test
    void messages_of_the_network_are_told_on_one_line_of_bounded_length() {
        assertThat(Causes.told(new UnknownHostException("api.example.invalid")))
                .isEqualTo("UnknownHostException: api.example.invalid");
        assertThat(Causes.told(new ConnectException("Connection refused:\r\nINFO forged")))
                .isEqualTo("ConnectException: Connection refused:  INFO forged");
        assertThat(Causes.told(new IOException("a".repeat(1000)))).hasSizeLessThan(250);
    }

    @Test
    void a_circle_of_causes_ends() {
        var one = new IOException("one");
        var other = new IOException("other", one);
        one.initCause(other);

        assertThat(Causes.told(one).split(";", -1)).hasSize(5);
    }
}

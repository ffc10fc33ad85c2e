package dev.sallyport.gateway.management.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientCertificateTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void one_that_has_ended_since_its_connection_was_made_is_none() throws Exception {
        assertThat(ClientCertificate.of(Certificate.of(folder, "dns:ada").shown()))
                .map(ClientCertificate::subject)
                .contains("CN=test");
        assertThat(ClientCertificate.of(Certificate.expired(folder, "dns:ada").shown()))
                .isEmpty();
    }
}

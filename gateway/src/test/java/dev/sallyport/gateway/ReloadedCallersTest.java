package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import dev.sallyport.gateway.reload.Reloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers that a reload brings: what stops a start stops it as well. */
@Timeout(120)
final class ReloadedCallersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void certificates_that_the_server_does_not_ask_for_are_refused_and_change_nothing() throws Exception {
        write("keys: [\"0123456789ab:" + "A".repeat(43) + "\"]");
        try (var provider = new StubProvider();
                var gateway = TestGateway.inFrontOf(
                        provider.baseUrl(),
                        "--spring.config.additional-location="
                                + folder.resolve("sallyport.yml").toUri(),
                        "--sallyport.reload.watch=false",
                        "--sallyport.session-token.mode=off",
                        "--sallyport.provider.credentials=replace",
                        "--sallyport.provider.projects[0].id=project-1",
                        "--sallyport.provider.projects[0].secret=secret-of-the-provider")) {
            write("certificates: [\"dns:billing.example.com\"]");

            Report report = gateway.bean(Reloader.class).reload(By.ENDPOINT);

            assertThat(report.result()).isEqualTo(Result.REFUSED);
            assertThat(String.join("\n", report.problems()))
                    .contains("sallyport.callers.list[0].certificates: prove nothing without TLS", "sallyport.yml:");
        }
    }

    /** The issuer waits for a restart; to say that it is missing would be wrong. */
    @Test
    void callers_of_the_first_issuer_wait_for_the_restart_that_it_waits_for() throws Exception {
        String key = "keys: [\"0123456789ab:" + "A".repeat(43) + "\"]";
        write(key);
        try (var provider = new StubProvider();
                var gateway = TestGateway.inFrontOf(
                        provider.baseUrl(),
                        "--spring.config.additional-location="
                                + folder.resolve("sallyport.yml").toUri(),
                        "--sallyport.reload.watch=false",
                        "--sallyport.session-token.mode=off",
                        "--sallyport.provider.credentials=replace",
                        "--sallyport.provider.projects[0].id=project-1",
                        "--sallyport.provider.projects[0].secret=secret-of-the-provider")) {
            write("subjects: [\"billing\"]", """
                    jwt:
                          issuer: https://login.example.com
                          audience: gateway
                          jwks-url: https://login.example.com/keys""");

            Report report = gateway.bean(Reloader.class).reload(By.ENDPOINT);

            assertThat(report.problems()).isEmpty();
            assertThat(report.result()).isEqualTo(Result.UNCHANGED);
            assertThat(report.needRestart()).contains("sallyport.callers.jwt", "sallyport.callers.list");
        }
    }

    private void write(String means) throws IOException {
        write(means, "");
    }

    private void write(String means, String more) throws IOException {
        Files.writeString(folder.resolve("sallyport.yml"), """
                sallyport:
                  callers:
                    %s
                    hash-keys: ["%s="]
                    list:
                      - name: billing
                        %s
                        operations: ["*"]
                        projects: ["*"]
                        organizations: ["*"]
                """.formatted(more, "A".repeat(43), means));
    }
}

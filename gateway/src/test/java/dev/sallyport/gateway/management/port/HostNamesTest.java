package dev.sallyport.gateway.management.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNamesTest {
    private final HostNames names = new HostNames(Set.of("metrics.example.com", ""));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:9401",
                "localhost.:9401",
                "127.0.0.1:9401",
                "10.42.0.17:9401",
                "[::1]:9401",
                "[fe80::1]",
                "sallyport:9401",
                "sallyport.team.svc:9401",
                "sallyport.team.svc.cluster.local:9401",
                "10-42-0-17.ec2.internal:9401",
                "host.docker.internal:9401",
                "Metrics.Example.com:9401"
            })
    void names_that_no_public_server_gives_and_listed_ones_are_admitted(String host) {
        assertThat(names.admits(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":9401",
                ".",
                "evil.example",
                "evil.example:9401",
                "metrics.example.com.evil.example",
                "xmetrics.example.com",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io:9401",
                "svc.evil.example",
                "sallyport.dev",
                "a.local",
                "[evil.example]"
            })
    void others_are_not(String host) {
        assertThat(names.admits(host)).isFalse();
    }
}

package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.ShippedJar.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped jars by their command line: the walk of the demo. */
@Timeout(180)
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void every_step_of_the_demo_goes_as_announced() throws Exception {
        Run run = ShippedJar.run(
                folder,
                "demo",
                "--once",
                "--port=" + freePort(),
                "--management-port=" + freePort(),
                "--sandbox-port=" + freePort());

        assertThat(run.output()).contains("24 of 24 steps went as announced.");
        assertThat(run.status()).isZero();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package dev.sallyport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where nginx is installed, the model of it is held against the real one, by the normalized URI that it says it has. */
@Timeout(120)
final class NginxReadingTest {
    private static final String REFUSED = "HTTP/1.1 400 ";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void a_target_is_read_by_nginx_as_by_its_model() throws Exception {
        for (Path nginx : nginx().stream().toList()) {
            Process server = new ProcessBuilder(
                            nginx.toString(), "-c", configuration().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            try {
                Path socket = folder.resolve("socket");
                Waiting.until("nginx listens", () -> Files.exists(socket));
                for (String target : targets()) {
                    assertThat(read(socket, target)).as(target).isEqualTo(Reading.NGINX.of(target));
                }
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
    }

    private static Optional<Path> nginx() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin"))
                .map(each -> Path.of(each, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> targets() {
        return Stream.of("/v1/sessions", "/v1/b2b/sessions/exchange")
                .flatMap(Spellings::of)
                .filter(target -> target.chars().allMatch(c -> c > ' ' && c < 127))
                .filter(target -> target.startsWith("/") || target.startsWith("http://gateway"))
                .toList();
    }

    private Path configuration() throws IOException {
        return Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid <here>/pid; error_log <here>/errors;
                events {}
                http {
                  access_log off;
                  client_body_temp_path <here>/1; proxy_temp_path <here>/2; fastcgi_temp_path <here>/3;
                  uwsgi_temp_path <here>/4; scgi_temp_path <here>/5;
                  server { listen unix:<here>/socket; location / { default_type text/plain; return 200 $uri; } }
                }
                """.replace("<here>", folder.toString()));
    }

    /** Empty if it is refused. */
    private static Optional<String> read(Path socket, String target) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = RawHttp.head("GET " + target + " HTTP/1.1", "Host: a", "Connection: close");
            channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
            return answer.startsWith(REFUSED)
                    ? Optional.empty()
                    : Optional.of(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        }
    }
}

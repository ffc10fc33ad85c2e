package dev.sallyport.loadtests.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx where it is installed: one process, everything it writes in a folder of its own. */
public final class Nginx {
    private final Path binary;

    private Nginx(Path binary) {
        this.binary = binary;
    }

    /** The one on the path, or where Debian has it. */
    public static Optional<Nginx> installed() {
        return Stream.concat(
                        Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Nginx::new);
    }

    /**
     * Starts it.
     *
     * @param http what stands in the {@code http} block
     */
    public Child start(Children children, String name, String http) {
        try {
            Path folder = Files.createDirectories(children.scratch().resolve(name));
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, http));
            return children.start(
                    name,
                    List.of(
                            binary.toString(),
                            "-p",
                            folder.toString(),
                            "-c",
                            configuration.toString(),
                            "-e",
                            folder.resolve("error.log").toString()));
        } catch (IOException failed) {
            throw new MeasurementFailed("no configuration for " + name, failed);
        }
    }

    private static String configuration(Path folder, String http) {
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr warn;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  keepalive_timeout 1h;
                  client_body_temp_path %1$s/1;
                  proxy_temp_path %1$s/2;
                  fastcgi_temp_path %1$s/3;
                  uwsgi_temp_path %1$s/4;
                  scgi_temp_path %1$s/5;
                %2$s
                }
                """.formatted(folder, http);
    }
}

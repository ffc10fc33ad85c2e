package dev.sallyport.loadtests.provider;

import dev.sallyport.loadtests.process.Child;
import dev.sallyport.loadtests.process.Children;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.process.Nginx;
import dev.sallyport.loadtests.process.Ports;
import dev.sallyport.loadtests.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** nginx, whose replies are files: a refresh changes the files, and no connection is closed for it. */
final class NginxServer implements StaticServer {
    private final Path replies;
    private final int port;
    private final Child child;

    private NginxServer(Path replies, int port, Child child) {
        this.replies = replies;
        this.port = port;
        this.child = child;
    }

    static NginxServer start(Nginx nginx, Children children, byte[] keys) {
        Path root = children.scratch().resolve("www");
        Path replies = root.resolve("replies");
        try {
            Files.createDirectories(replies);
            Path published = root.resolve(Exchange.KEYS_PATH.substring(1));
            Files.createDirectories(published.resolve(".."));
            Files.write(published, keys);
        } catch (IOException failed) {
            throw new MeasurementFailed("no files for nginx", failed);
        }
        int port = Ports.free();
        return new NginxServer(replies, port, nginx.start(children, "upstream", http(root, port)));
    }

    /** Files are given for GET only, so a POST is refused, and the page for its refusal is a reply, drawn at random. */
    private static String http(Path root, int port) {
        return """
                  default_type application/json;
                  etag off;
                  map $request_id $reply { "~^(?<digit>.)" $digit; }
                  server {
                    listen 127.0.0.1:%d;
                    root %s;
                    location = %s { error_page 405 =200 /replies/$reply; return 405; }
                    location /replies/ { add_header Last-Modified ""; }
                  }
                """.formatted(port, root, Exchange.PATH);
    }

    @Override
    public void show(Replies shown) {
        int number = 0;
        try {
            for (byte[] body : shown.bodies()) {
                Path next = Files.write(replies.resolveSibling("next"), body);
                Files.move(next, replies.resolve(Integer.toHexString(number++)), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            throw new MeasurementFailed("no new replies for nginx", failed);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long cpuMicros() {
        return ProcessFigures.of(child.pid()).cpuMicros();
    }

    /** The measurement stops it with its other processes. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "nginx";
    }
}

package dev.sallyport.gateway;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** Asks a running gateway on its management port how it is; with the lightest client of the JDK, since it is asked often. */
final class HealthQuestion {
    static final URI READINESS = URI.create("http://127.0.0.1:9401/actuator/health/readiness");

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final URI url;
    private final Duration timeout;

    /** @param timeout of the connection, and again of the answer */
    HealthQuestion(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    /** The image's health check, which would spend most of its time on a command line: asks the URL that is given, or readiness. */
    public static void main(String[] arguments) {
        URI url = arguments.length == 0 ? READINESS : URI.create(arguments[0]);
        System.exit(new HealthQuestion(url, PATIENCE).tell());
    }

    /** Asks, and tells in a line; returns the exit status. */
    int tell() {
        Answer answer = ask();
        (answer.up() ? System.out : System.err).println(answer.text());
        return answer.up() ? 0 : 1;
    }

    /** What it said, or why it said nothing. */
    private record Answer(boolean up, String text) {}

    private Answer ask() {
        try {
            // Not by a proxy that the environment names: it is this gateway that is asked.
            var connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            connection.disconnect();
            boolean up = status == HttpURLConnection.HTTP_OK;
            return new Answer(up, url + (up ? " says: ready" : " says: not ready (status " + status + ")"));
        } catch (IOException silent) {
            return new Answer(false, url + " does not answer: " + silent.getMessage());
        }
    }
}

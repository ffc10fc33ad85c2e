package dev.sallyport.loadtests.provider;

import dev.sallyport.loadtests.process.MeasurementFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Single calls, where they are not what is measured. */
public final class ExchangeClient {
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    /** A client of the gateway or sandbox at a port of the loopback interface. */
    public ExchangeClient(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    /** Whether an exchange is answered with 200. */
    public boolean isAnswered() {
        try {
            return send(exchangeRequest()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    byte[] exchange() {
        return body(exchangeRequest());
    }

    byte[] keys() {
        return body(to(Exchange.KEYS_PATH).GET().build());
    }

    private HttpRequest exchangeRequest() {
        return to(Exchange.PATH)
                .header("Content-Type", "application/json")
                .header("Authorization", Exchange.AUTHORIZATION)
                .POST(BodyPublishers.ofString(Exchange.BODY))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10));
    }

    private byte[] body(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = send(request);
            if (response.statusCode() == OK) {
                return response.body();
            }
            throw new MeasurementFailed("the sandbox answered " + response.statusCode());
        } catch (IOException failed) {
            throw new MeasurementFailed("the sandbox does not answer", failed);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MeasurementFailed("interrupted");
        }
    }
}

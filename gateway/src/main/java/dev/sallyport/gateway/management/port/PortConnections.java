package dev.sallyport.gateway.management.port;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.http.connection.ConnectionBounds;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.gateway.management.ConnectionMeters;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.server.HttpServer;

/**
 * Bounds what a client may hold that reaches the management port, before a token is asked for: so many connections, and none by a
 * request that does not come.
 */
final class PortConnections {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.connections");
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final String CLOSED = "Connections to the management port are closed at once: as many are open as"
            + " management.max-connections allows, or one address has half of them";

    private final int most;
    private final RequestSettings patience;
    private final Counter refused;
    private final ConnectionMeters meters;
    private final RepeatedLines<String> lines;

    /**
     * Of one port.
     *
     * @param most connections
     * @param patience with idle connections and slow requests
     * @param refused counts connections that were closed at once
     */
    PortConnections(int most, RequestSettings patience, Counter refused, ConnectionMeters meters, LineWindows windows) {
        this.most = most;
        this.patience = patience;
        this.refused = refused;
        this.meters = meters;
        this.lines = new RepeatedLines<>(
                new Bounds(1, WINDOW, 1), CLOSED, windows, (line, more) -> LOG.warn("{}: {}", line, more));
    }

    /** The server with these bounds. */
    HttpServer in(HttpServer server) {
        return ConnectionBounds.counted(server, most, this::closed, meters::acceptFailed)
                .idleTimeout(patience.idleTimeout())
                .requestTimeout(patience.bodyTimeout());
    }

    private void closed() {
        refused.increment();
        if (lines.isInFull(CLOSED)) {
            LOG.warn(CLOSED);
        }
    }
}

package dev.sallyport.starter.route;

import dev.sallyport.gateway.body.BodyTooLarge;
import java.io.IOException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.server.ResponseStatusException;

/** What fails on a route, as what failed towards the provider. */
final class RouteFailures {
    private RouteFailures() {}

    /**
     * What a failure is of an exchange: too large a body, or a connection that broke. Spring Cloud Gateway says by a status of 500
     * and above that a route leads nowhere, or that its {@code response-timeout} is over. Of anything else nothing is known.
     */
    static Throwable ofExchange(Throwable failure) {
        if (failure instanceof DataBufferLimitException) {
            return new BodyTooLarge();
        }
        return failure instanceof ResponseStatusException said
                        && said.getStatusCode().is5xxServerError()
                ? new IOException(failure)
                : failure;
    }
}

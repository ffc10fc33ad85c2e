package dev.sallyport.starter;

import dev.sallyport.starter.route.RouteCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * The filter {@code SessionContract} of a route: {@code - SessionContract=b2b.sessions.exchange} for one operation, or
 * {@code - SessionContract} for all operations of the pack, by their path.
 */
public final class SessionContractGatewayFilterFactory
        extends AbstractGatewayFilterFactory<SessionContractGatewayFilterFactory.Config> {
    /** As routes call it. */
    public static final String NAME = "SessionContract";

    private final RouteCalls calls;
    private final KnownOperations operations;

    /** Filters for the calls of known operations. */
    SessionContractGatewayFilterFactory(RouteCalls calls, KnownOperations operations) {
        super(Config.class);
        this.calls = calls;
        this.operations = operations;
    }

    @Override
    public List<String> shortcutFieldOrder() {
        return List.of("operation");
    }

    /** Throws if the pack has no such operation. */
    @Override
    public GatewayFilter apply(Config config) {
        @Nullable String operation = config.operation;
        return operation == null ? calls.ofAll() : calls.ofOperation(operations.named(operation, NAME));
    }

    /** What a route says of it. */
    public static final class Config {
        private @Nullable String operation;

        /** The operation's id; null for all of the pack. */
        public @Nullable String getOperation() {
            return operation;
        }

        /** Names the one operation that the route is for. */
        public void setOperation(@Nullable String id) {
            this.operation = id;
        }
    }
}

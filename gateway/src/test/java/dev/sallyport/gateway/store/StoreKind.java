package dev.sallyport.gateway.store;

import java.nio.file.Path;

/** The servers that gateways may share. */
public enum StoreKind {
    REDIS,
    VALKEY;

    Path binary() {
        return switch (this) {
            case REDIS -> RedisBinary.FILE;
            case VALKEY -> ValkeyBinary.FILE;
        };
    }
}

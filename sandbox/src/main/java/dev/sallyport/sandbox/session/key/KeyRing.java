package dev.sallyport.sandbox.session.key;

import dev.sallyport.sandbox.reply.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** A project's keys, the active one first. Old keys stay published until they are withdrawn. Thread-safe. */
public final class KeyRing {
    private final Clock clock;
    private @Nullable SigningKey unpublished;
    private volatile List<SigningKey> keys;

    public KeyRing(Clock clock) {
        this.clock = clock;
        this.keys = List.of(SigningKey.generate(clock.instant()));
    }

    public SigningKey active() {
        return keys.get(0);
    }

    /** Returns a key that is never published, to sign with as a forger would; made when first asked for. */
    public synchronized SigningKey unpublished() {
        SigningKey key = unpublished != null ? unpublished : SigningKey.generate(clock.instant());
        unpublished = key;
        return key;
    }

    public Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    public synchronized void rotate() {
        List<SigningKey> more = new ArrayList<>();
        more.add(SigningKey.generate(clock.instant()));
        more.addAll(keys);
        keys = List.copyOf(more);
    }

    public synchronized void withdrawOld() {
        keys = List.of(active());
    }

    public ArrayNode published() {
        ArrayNode jwks = Json.array();
        keys.forEach(key -> jwks.add(key.publicJwk()));
        return jwks;
    }
}

package dev.sallyport.token.keys.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.call.CallSpan;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keys from the provider's JWKS endpoints: fetched ahead of need, kept through outages, and asked for once more when a token
 * names a key that is not among them. Listed issuers are held for good; others, that calls bring, for as long as they are called.
 */
public final class JwksKeySource implements KeySource {
    private static final int MOST_OTHERS = 1000;

    private final KeyFetchContext context;
    private final Map<Issuer, Held> listed;
    private final Cache<Issuer, Held> others;

    /** What is held of one issuer. */
    private record Held(IssuerKeys keys, UnknownKids unknown) {
        static Held of(Issuer issuer, KeyFetchContext context) {
            var keys = new IssuerKeys(issuer, context);
            return new Held(keys, new UnknownKids(keys, context));
        }
    }

    /**
     * A source without keys.
     *
     * @param listed those known from settings
     */
    public JwksKeySource(Collection<Issuer> listed, KeyFetchContext context) {
        this.context = context;
        this.listed = listed.stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(issuer -> issuer, issuer -> Held.of(issuer, context)));
        this.others = Caffeine.newBuilder()
                .maximumSize(MOST_OTHERS)
                .expireAfterAccess(context.timing().keep())
                .build();
    }

    @Override
    public @Nullable KeySet known(Issuer issuer) {
        @Nullable Held own = held(issuer);
        return own == null ? null : own.keys().known();
    }

    @Override
    public @Nullable KnownKeys dated(Issuer issuer) {
        @Nullable Held own = held(issuer);
        return own == null ? null : own.keys().dated();
    }

    @Override
    public Mono<KeySet> having(Issuer issuer, String keyId) {
        return having(issuer, keyId, CallSpan.NONE);
    }

    @Override
    public Mono<KeySet> having(Issuer issuer, String keyId, CallSpan span) {
        return Mono.defer(() -> holding(issuer).unknown().having(keyId, span));
    }

    @Override
    public @Nullable Throwable lastFailure(Issuer issuer) {
        @Nullable Held own = held(issuer);
        return own == null ? null : own.keys().lastFailure();
    }

    private @Nullable Held held(Issuer issuer) {
        @Nullable Held own = listed.get(issuer);
        return own == null ? others.getIfPresent(issuer) : own;
    }

    private Held holding(Issuer issuer) {
        @Nullable Held own = listed.get(issuer);
        return own == null ? others.get(issuer, fresh -> Held.of(fresh, context)) : own;
    }

    /** Starts the fetches that are due of issuers whose keys we have had, in the background. To be called from time to time. */
    public void refreshDue() {
        all().filter(IssuerKeys::hadKeys).forEach(IssuerKeys::refreshIfDue);
    }

    /** Starts a fetch for an issuer that there are no keys of yet, if none is on its way and none failed just now. */
    public void refreshIfDue(Issuer issuer) {
        holding(issuer).keys().refreshIfDue();
    }

    /**
     * Starts fetches of a listed project's keys, due or not, where none is on its way: of the endpoints that had keys of it, or of all
     * if none had. Says of how many.
     */
    public int refresh(String project) {
        List<IssuerKeys> own = listed.values().stream()
                .map(Held::keys)
                .filter(keys -> keys.issuer().project().equals(project))
                .toList();
        List<IssuerKeys> had = own.stream().filter(IssuerKeys::hadKeys).toList();
        List<IssuerKeys> asked = had.isEmpty() ? own : had;
        asked.forEach(keys -> {
            var unused = keys.fetch(false, CallSpan.NONE);
        });
        return asked.size();
    }

    /**
     * Uses keys that an earlier process fetched, until there are newer ones. For the start, before anything is fetched.
     *
     * @throws ParseException if they are none
     */
    public void restore(Issuer issuer, String jwks, Instant fetched) throws ParseException {
        KeySet saved = KeySet.parse(jwks, issuer.algorithm(), context.provider());
        if (saved.keyIds().isEmpty()) {
            throw new ParseException("no signing key in it", 0);
        }
        holding(issuer).keys().restore(saved, fetched);
    }

    /** Whether there ever were keys of an issuer, be they too old by now. */
    public boolean hadKeys(Issuer issuer) {
        @Nullable Held own = held(issuer);
        return own != null && own.keys().hadKeys();
    }

    /** How old an issuer's keys are; empty if there are none. */
    public Optional<Duration> age(Issuer issuer) {
        @Nullable Held own = held(issuer);
        return own == null
                ? Optional.empty()
                : own.keys().report().since().map(then -> Duration.between(then, context.now()));
    }

    /** How many keys an issuer has. */
    public int count(Issuer issuer) {
        @Nullable Held own = held(issuer);
        return own == null ? 0 : own.keys().report().keys().keyIds().size();
    }

    /** All that is held, for the operator. */
    public List<KeyReport> reports() {
        return all().map(IssuerKeys::report).toList();
    }

    private Stream<IssuerKeys> all() {
        return Stream.concat(listed.values().stream(), others.asMap().values().stream())
                .map(Held::keys);
    }
}

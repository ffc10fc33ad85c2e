package dev.sallyport.gateway.keys;

import dev.sallyport.caller.CallerTokens;
import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallerJwtSettings;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.gateway.provider.JwksAddresses;
import dev.sallyport.gateway.provider.JwksOverHttp;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.token.AccessTokenCheck;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyEvents;
import dev.sallyport.token.keys.fetch.KeyTiming;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of the company's issuer, whose tokens prove callers: fetched and kept as session keys are, from an address of their own. */
public final class CallerKeys {
    /** In place of a project's id and of an operation's, in the log, in metrics and in the file. */
    public static final String NAME = "callers";

    private final CallerJwtSettings jwt;
    private final Issuer issuer;
    private final JwksAddresses addresses;
    private final JwksKeySource source;

    /** Fetches them over connections of their own. */
    public CallerKeys(Settings settings, CallerJwtSettings jwt, ConnectionPool connections, KeyEvents events) {
        this.jwt = jwt;
        this.issuer = new Issuer(new Operation(NAME, "GET", "/"), algorithm(jwt), NAME);
        this.addresses = new JwksAddresses("", Map.of(NAME, jwt.jwksUrl().toString()));
        var fetched = jwt.jwks();
        var timing = new KeyTiming(
                fetched.refresh(),
                fetched.keep(),
                fetched.timeout(),
                fetched.unknownKeyInterval(),
                settings.deadline().dividedBy(2));
        this.source = new JwksKeySource(
                List.of(issuer), KeptKeys.context(timing, new JwksOverHttp(connections, addresses), events));
    }

    private static TokenAlgorithm algorithm(CallerJwtSettings jwt) {
        return TokenAlgorithm.valueOf(jwt.algorithm());
    }

    /** The issuers whose keys they are. */
    public Map<String, List<Issuer>> issuers() {
        return Map.of(NAME, List.of(issuer));
    }

    public JwksKeySource source() {
        return source;
    }

    /** Verifies tokens with them. */
    public CallerTokens tokens() {
        var terms = new AccessTokenCheck.Terms(
                jwt.issuer(), jwt.audience(), Set.copyOf(jwt.scopes()), jwt.claim(), jwt.skew(), jwt.maxAge());
        return new IssuedTokens(new AccessTokenCheck(algorithm(jwt), terms), issuer, source, Clock.systemUTC());
    }

    /**
     * Keeps them fresh, and takes up here those of the last process, before the server takes calls.
     *
     * @param whenReady is told, again and again, that there are any
     */
    public JwksRefresher refresher(Runnable whenReady) {
        Optional<JwksFileCache> cache = jwt.jwks()
                .file()
                .map(file -> new JwksFileCache(
                        new KeyFile(Path.of(file)), source, addresses, any -> KnownMembers.NOTHING, Clock.systemUTC()));
        cache.ifPresent(it -> it.load(
                jwt.jwks().keep(),
                saved -> Optional.of(issuer).filter(own -> saved.project().equals(NAME))));
        return new JwksRefresher(source, issuers(), whenReady, cache);
    }
}

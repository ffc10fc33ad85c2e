package dev.sallyport.sandbox;

import dev.sallyport.sandbox.accesstoken.AccessTokenMint;
import dev.sallyport.sandbox.accesstoken.AccessTokens;
import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.issuer.JwksSource;
import dev.sallyport.sandbox.issuer.OidcIssuer;
import dev.sallyport.sandbox.issuer.TrustedTokenMint;
import dev.sallyport.sandbox.issuer.TrustedTokenProfile;
import dev.sallyport.sandbox.issuer.TrustedTokenProfiles;
import dev.sallyport.sandbox.issuer.UserInfoSource;
import dev.sallyport.sandbox.operation.SessionAccess;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.server.SandboxContext;
import dev.sallyport.sandbox.server.Threads;
import dev.sallyport.sandbox.session.IntermediateSessions;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.SessionStore;
import dev.sallyport.sandbox.session.key.KeyRings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Puts the parts of a sandbox together. */
final class Assembly {
    private static final int OUTBOUND_CONNECTIONS = 256;

    private final ConnectionProvider outbound;
    private final SessionStore store;
    private final SandboxContext context;
    private final Fixtures fixtures;

    /** The base URL is known only after the server has started; until then no one asks for it. */
    Assembly(SandboxOptions options, Threads threads, Supplier<String> baseUrl) {
        Clock clock = options.clock();
        outbound = ConnectionProvider.builder("sandbox-outbound")
                .maxConnections(OUTBOUND_CONNECTIONS)
                .pendingAcquireMaxCount(-1)
                .build();
        HttpClient client = HttpClient.create(outbound).runOn(threads.loops());
        Directory directory = Directory.wellKnown();
        KeyRings keys = new KeyRings(directory.projects(), clock);
        OidcIssuer issuer = new OidcIssuer(baseUrl, clock.instant());
        Supplier<URI> userInfoUrl =
                () -> Optional.ofNullable(options.userInfoUrl()).orElseGet(() -> URI.create(issuer.userInfoUrl()));
        store = new SessionStore(clock, options.sessions());
        SessionIssuer desk = new SessionIssuer(clock, keys, store, options.presigned());
        IntermediateSessions intermediate = new IntermediateSessions(clock, options.sessions());
        context = new SandboxContext(
                clock,
                directory,
                keys,
                desk,
                store,
                new SessionSelector(store, keys),
                new SessionAccess(desk, clock),
                intermediate,
                new AccessTokens(keys, clock),
                issuer,
                new UserInfoSource(client, userInfoUrl),
                new TrustedTokenProfiles(() -> profiles(issuer), new JwksSource(client), clock));
        new WellKnownSessions(directory, clock.instant()).keepIn(store);
        fixtures = new Fixtures(
                new TrustedTokenMint(issuer, Fixtures.TRUSTED_AUDIENCE, clock),
                new AccessTokenMint(keys, clock),
                new WellKnownLogins(intermediate, clock),
                token -> desk.renew(store.byToken(token).orElseThrow()).jwt());
    }

    SandboxContext context() {
        return context;
    }

    Fixtures fixtures() {
        return fixtures;
    }

    int sessions() {
        return store.size();
    }

    void close() {
        outbound.dispose();
    }

    private static List<TrustedTokenProfile> profiles(OidcIssuer issuer) {
        return List.of(
                profile(issuer, Fixtures.CONSUMER_PROJECT_ID, Fixtures.USER_TRUSTED_PROFILE_ID),
                profile(issuer, Fixtures.B2B_PROJECT_ID, Fixtures.TRUSTED_PROFILE_ID));
    }

    private static TrustedTokenProfile profile(OidcIssuer issuer, String projectId, String id) {
        return new TrustedTokenProfile(projectId, id, issuer.name(), Fixtures.TRUSTED_AUDIENCE, issuer.jwksUrl());
    }
}

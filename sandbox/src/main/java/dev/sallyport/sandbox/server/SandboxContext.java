package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.accesstoken.AccessTokens;
import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.issuer.OidcIssuer;
import dev.sallyport.sandbox.issuer.TrustedTokenProfiles;
import dev.sallyport.sandbox.issuer.UserInfoSource;
import dev.sallyport.sandbox.operation.AccessTokenExchange;
import dev.sallyport.sandbox.operation.Attestation;
import dev.sallyport.sandbox.operation.SessionAccess;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.session.IntermediateSessions;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.SessionStore;
import dev.sallyport.sandbox.session.key.KeyRings;
import java.time.Clock;

/** The parts that operations are made of, put together once at the start. */
public record SandboxContext(
        Clock clock,
        Directory directory,
        KeyRings keys,
        SessionIssuer desk,
        SessionStore sessions,
        SessionSelector selector,
        SessionAccess access,
        IntermediateSessions intermediate,
        AccessTokens accessTokens,
        OidcIssuer issuer,
        UserInfoSource userInfo,
        TrustedTokenProfiles profiles) {
    /** Returns what both attest operations do. */
    Attestation attestation() {
        return new Attestation(profiles, selector, access, desk, clock);
    }

    /** Returns what both operations do that take a connected app's token. */
    AccessTokenExchange exchange() {
        return new AccessTokenExchange(accessTokens, desk, clock);
    }
}

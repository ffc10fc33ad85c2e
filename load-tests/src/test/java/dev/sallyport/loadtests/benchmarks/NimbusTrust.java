package dev.sallyport.loadtests.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.Provider;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The library's processor, set up the way its manual has it, to ask as much of a token as it can be told to. */
final class NimbusTrust {
    private static final Set<String> REQUIRED =
            Set.of("sub", "iss", "aud", "exp", "iat", "nbf", "https://stytch.com/session");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    NimbusTrust(JWKSet keys, @Nullable Provider provider, String project, Instant now) {
        var verifiers = new DefaultJWSVerifierFactory();
        if (provider != null) {
            verifiers.getJCAContext().setProvider(provider);
        }
        processor.setJWSVerifierFactory(verifiers);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
        var exact = new JWTClaimsSet.Builder().issuer("stytch.com/" + project).build();
        var claims = new DefaultJWTClaimsVerifier<>(project, exact, REQUIRED) {
            @Override
            protected Date currentTime() {
                return Date.from(now);
            }
        };
        claims.setMaxClockSkew(5);
        processor.setJWTClaimsSetVerifier(claims);
    }

    boolean trusts(String token) {
        try {
            return processor.process(token, null) != null;
        } catch (BadJOSEException | JOSEException | ParseException refused) {
            return false;
        }
    }
}

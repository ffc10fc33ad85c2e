package dev.sallyport.loadtests.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.token.LeanTrust;
import java.security.Provider;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to verify a session token: the gateway's own check, beside the library's processor. Both start from the
 * token's text and end with a verdict on signature and claims. The signature alone shows how much of it is arithmetic.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class TokenVerificationBenchmark {
    /** Who does the arithmetic. */
    @Param({"corretto", "jdk"})
    public String crypto = "";

    private final SignedToken token = SignedToken.typical();
    private final String text = token.text();
    private final JWSHeader header = SignedToken.header();
    private final byte[] signed = token.signed();
    private final Base64URL signature = token.signature();

    @SuppressWarnings("NullAway.Init") // set up before each trial
    private LeanTrust lean;

    @SuppressWarnings("NullAway.Init") // set up before each trial
    private NimbusTrust processor;

    @SuppressWarnings("NullAway.Init") // set up before each trial
    private RSASSAVerifier verifier;

    /** Makes both, and sees that each trusts the token and refuses a damaged one. */
    @Setup
    public void prepare() throws JOSEException {
        @Nullable Provider provider = crypto.equals("corretto") ? AmazonCorrettoCryptoProvider.INSTANCE : null;
        var contract = PackCompiler.load(PackFiles.of(PackBody.PACK), new StrictJson(32))
                .contract(PackBody.OPERATION)
                .orElseThrow();
        lean = new LeanTrust(
                contract.sessionToken().orElseThrow(),
                token.keys().toString(true),
                provider,
                SignedToken.PROJECT,
                SignedToken.NOW);
        processor = new NimbusTrust(token.keys(), provider, SignedToken.PROJECT, SignedToken.NOW);
        verifier = new RSASSAVerifier(token.keys().getKeys().get(0).toRSAKey());
        if (provider != null) {
            verifier.getJCAContext().setProvider(provider);
        }
        if (!lean.trusts(text) || !processor.trusts(text)) {
            throw new IllegalStateException("a genuine token is refused");
        }
        if (lean.trusts(token.damaged()) || processor.trusts(token.damaged())) {
            throw new IllegalStateException("a damaged token is trusted");
        }
    }

    /** Ours: every check that the gateway makes of a token by itself, claims' schema and values included. */
    @Benchmark
    public boolean lean() {
        return lean.trusts(text);
    }

    /** The library's {@code DefaultJWTProcessor}. */
    @Benchmark
    public boolean processor() {
        return processor.trusts(text);
    }

    /** The library's verifier with a kept key, and nothing else. */
    @Benchmark
    public boolean signatureAlone() throws JOSEException {
        return verifier.verify(header, signed, signature);
    }
}

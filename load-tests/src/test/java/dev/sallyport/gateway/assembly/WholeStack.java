package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.generation.LoadedPack;
import dev.sallyport.gateway.keys.FastCrypto;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import java.text.ParseException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import reactor.core.publisher.Mono;

/**
 * The pipeline of an operation as the gateway assembles it, around an upstream that needs no network, for the benchmark that
 * asks it. It stands in the assembly's package, since pipelines are made there only.
 */
public final class WholeStack {
    private WholeStack() {}

    /**
     * One operation's pipeline.
     *
     * @param properties the settings
     * @param jwks the provider's keys
     * @param upstream made of what reads its replies
     */
    public static Upstream<Call> of(
            Map<String, Object> properties,
            String operation,
            String jwks,
            Function<ReplyReading, Upstream<ReadCall>> upstream) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("benchmark", properties));
        Settings settings = new SettingsReader(environment).read();
        LoadedPack pack = LoadedPack.of(settings);
        Contract contract = pack.catalog().contract(operation).orElseThrow();
        FilterFactory filters = PipelinePreview.filters(settings, pack.catalog(), new StandingKeys(keys(jwks)));
        return new Pipeline(filters).around(contract, upstream.apply(filters.replyReading(contract)));
    }

    private static KeySet keys(String jwks) {
        try {
            return KeySet.parse(
                    jwks, TokenAlgorithm.RS256, FastCrypto.provider().orElse(null));
        } catch (ParseException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** Has the same keys for every project. */
    private record StandingKeys(KeySet keys) implements KeySource {
        @Override
        public @Nullable KeySet known(Issuer issuer) {
            return keys;
        }

        @Override
        public Mono<KeySet> having(Issuer issuer, String keyId) {
            return Mono.empty();
        }
    }

    /** The reply that came, or what was wrong. */
    public static Reply.Answer answer(Reply reply) {
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw new IllegalStateException("refused: " + ((Reply.Refusal) reply).rejection());
    }
}

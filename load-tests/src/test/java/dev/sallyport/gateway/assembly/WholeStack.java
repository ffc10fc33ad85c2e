package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.reload.Generation.Memory;
import dev.sallyport.gateway.reload.LoadedPack;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.RetryBudget;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
        FilterFactory filters = filters(settings, pack, new StandingKeys(keys(jwks)));
        return new Pipeline(filters).around(contract, upstream.apply(filters.replyReading(contract)));
    }

    private static FilterFactory filters(Settings settings, LoadedPack pack, KeySource keys) {
        var registry = new SimpleMeterRegistry();
        var windows = new LineWindows(Schedulers.immediate());
        var meters = GatewayMeters.in(registry, windows);
        var monitoring = new Monitoring(
                registry, windows, meters, ContractObservers.beside(meters.contracts()), Captures.previewed(settings));
        var memory = new Memory(
                new RateLimits(settings.rateLimits(), meters.limits()),
                new RetryBudget(settings.retry().budget().value()),
                Lookups.neverAsked(),
                Optional.empty());
        var provider = new ProviderAccess(ProviderClients.unused(), keys);
        return new FilterFactory(settings, pack.catalog(), monitoring, provider, memory);
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

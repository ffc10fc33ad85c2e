package dev.sallyport.gateway.assembly;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.config.KeptReplySettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.keys.KeyPublication;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.kept.KeptEvents;
import dev.sallyport.kept.KeptKeysFilter;
import dev.sallyport.kept.LastGoodFilter;
import dev.sallyport.kept.LastGoodReplies;
import dev.sallyport.token.keys.KeySource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replies that are given once more, as settings and contracts have them. */
record KeptReplies(Settings settings, ContractCatalog catalog, LastGoodReplies lastGood, KeptEvents events) {
    private static final int SECRET_BYTES = 32;

    /** None so far. */
    static LastGoodReplies none(KeptReplySettings settings) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new LastGoodReplies(secret, settings.maxSize().bytes(), Ticker.systemTicker());
    }

    /** Empty for an operation whose replies are the provider's alone. */
    Optional<Filter<ReadCall>> filter(Contract contract, KeySource keys, Duration deadline) {
        return contract.metadata().publishesKeys() ? ofKeys(contract, keys) : lastGood(contract, deadline);
    }

    private Optional<Filter<ReadCall>> ofKeys(Contract contract, KeySource keys) {
        boolean keepsKeys = settings.sessionToken().mode() != TokenMode.OFF;
        return settings.keptReplies().sessionKeys() && keepsKeys
                ? KeyIssuers.of(catalog, contract.operation())
                        .map(issuers -> new KeptKeysFilter(new KeyPublication(contract, issuers, keys), events))
                : Optional.empty();
    }

    private Optional<Filter<ReadCall>> lastGood(Contract contract, Duration deadline) {
        @Nullable Duration kept = contract.conduct().kept();
        KeptReplySettings said = settings.keptReplies();
        if (kept == null || !said.lastGood()) {
            return Optional.empty();
        }
        Duration keep = kept.compareTo(said.keep()) < 0 ? kept : said.keep();
        return Optional.of(new LastGoodFilter(
                contract,
                lastGood,
                new LastGoodFilter.Terms(keep, said.patience(), deadline, new LoopScheduler(), events)));
    }
}

package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Filter;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.Settings;
import dev.sallyport.config.TokenMode;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.enforcement.ReplyContractFilter;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.enforcement.RequestContractFilter;
import dev.sallyport.contract.watch.DriftWatch;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.http.LoopScheduler;
import dev.sallyport.gateway.http.header.EndToEndFilter;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.management.MeteredEvents;
import dev.sallyport.gateway.provider.ProviderUpstream;
import dev.sallyport.observe.ObservationFilter;
import dev.sallyport.project.ProjectFilter;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.DeadlineFilter;
import dev.sallyport.resilience.RetryBudget;
import dev.sallyport.resilience.RetryFilter;
import dev.sallyport.token.Expectations;
import dev.sallyport.token.SessionTokenFilter;
import dev.sallyport.token.TokenLimits;
import dev.sallyport.token.keys.KeySource;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** The filters of a pipeline, made from the settings; empty for what is off. */
final class FilterFactory {
    private final Settings settings;
    private final MeteredEvents events;
    private final ContractObservers observers;
    private final KeySource keys;
    private final HttpClient client;
    private final Telemetry telemetry;
    private final Captures captures;
    private final LoopScheduler loop = new LoopScheduler();
    private final RateLimits limits;
    private final RetryBudget retries;

    FilterFactory(
            Settings settings,
            MeteredEvents events,
            ContractObservers observers,
            KeySource keys,
            HttpClient client,
            Telemetry telemetry,
            Captures captures,
            RateLimits limits,
            RetryBudget retries) {
        this.settings = settings;
        this.events = events;
        this.observers = observers;
        this.keys = keys;
        this.client = client;
        this.telemetry = telemetry;
        this.captures = captures;
        this.limits = limits;
        this.retries = retries;
    }

    Upstream provider(Contract contract, ReplyReading reading) {
        var provider = settings.provider();
        String baseUrl = provider.baseUrl().toString();
        int limit = (int) provider.replyLimit().bytes();
        return new ProviderUpstream(contract, client, baseUrl, limit, reading, loop);
    }

    /** Every reply is read, whatever its contract's mode: its connection is not used again if it cannot be. */
    ReplyReading replyReading(Contract contract) {
        Optional<DriftWatch> watch = isReplyLookedAt(contract)
                ? observers.watches().drift(contract, settings.contracts().drift())
                : Optional.empty();
        return watch.map(drift -> new ReplyReading(contract, drift)).orElseGet(() -> new ReplyReading(contract));
    }

    Filter observation() {
        return new ObservationFilter(events.calls(), System::nanoTime);
    }

    Optional<Filter> capture(Contract contract) {
        return captures.calls(contract);
    }

    Optional<Filter> providerReply() {
        return captures.replies();
    }

    Filter deadline() {
        return new DeadlineFilter(settings.deadline(), loop);
    }

    Optional<Filter> projects() {
        var listed =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        return listed.isEmpty() ? Optional.empty() : Optional.of(new ProjectFilter(listed));
    }

    Optional<Filter> addressLimits() {
        return limits.byAddress();
    }

    Optional<Filter> projectLimits(Contract contract) {
        return limits.byProject(contract);
    }

    /** What telemetry, or the second door, looks at in a request is read even if the request's contract is off. */
    Optional<Filter> requestContract(Contract contract) {
        ContractEnforcement enforcement =
                ContractEnforcement.request(contract, settings.contracts(), observers.events());
        boolean laterRead = telemetry.readsRequests(contract) || comparesWithRequest(contract);
        boolean read = enforcement.isOpen() ? laterRead && contract.readsRequests() : contract.checksRequests();
        return read ? Optional.of(new RequestContractFilter(contract, enforcement)) : Optional.empty();
    }

    /** A rule of the second door cannot hold a reply against a request that was not read. */
    private boolean comparesWithRequest(Contract contract) {
        return replyEnforcement(contract, null).asksForRequests()
                || (verifiesTokens(contract) && bindings(contract).asksForRequests());
    }

    private boolean verifiesTokens(Contract contract) {
        return settings.sessionToken().mode() != TokenMode.OFF
                && contract.sessionToken().isPresent();
    }

    private ContractEnforcement replyEnforcement(Contract contract, @Nullable SafetyCatch safetyCatch) {
        var contracts = settings.contracts();
        return verifiesTokens(contract)
                ? ContractEnforcement.reply(contract, contracts, observers.events(), safetyCatch)
                : ContractEnforcement.replyWithBindings(contract, contracts, observers.events(), safetyCatch);
    }

    Optional<Filter> telemetry(Contract contract) {
        return telemetry.filter(contract);
    }

    Optional<Filter> sessionToken(Contract contract) {
        return !verifiesTokens(contract)
                ? Optional.empty()
                : contract.sessionToken()
                        .map(token -> new SessionTokenFilter(
                                contract,
                                token,
                                bindings(contract),
                                limits(token),
                                keys,
                                expectations(),
                                events.tokens(),
                                Clock.systemUTC()));
    }

    private ContractEnforcement bindings(Contract contract) {
        return ContractEnforcement.bindings(contract, settings.contracts(), observers.events());
    }

    /** Tokens and devices cannot be seen in a reply that was not read, so for them it is read even if its contract is off. */
    Optional<Filter> replyContract(Contract contract, ReplyReading reading) {
        if (!isReplyLookedAt(contract)) {
            observers.watches().unread(contract.operation());
            return Optional.empty();
        }
        @Nullable
        SafetyCatch safetyCatch =
                observers.watches().safetyCatch(contract, settings.contracts()).orElse(null);
        return Optional.of(new ReplyContractFilter(reading, replyEnforcement(contract, safetyCatch)));
    }

    private boolean isReplyLookedAt(Contract contract) {
        return verifiesTokens(contract)
                || telemetry.readsReplies(contract)
                || !replyEnforcement(contract, null).isOpen();
    }

    Optional<Filter> retry() {
        var retry = settings.retry();
        return retry.attempts() == 1
                ? Optional.empty()
                : Optional.of(new RetryFilter(
                        retry.attempts(),
                        retry.backoff(),
                        retries,
                        events,
                        loop,
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    Filter endToEnd() {
        return new EndToEndFilter(GatewayHeaders.of(settings));
    }

    private TokenLimits limits(TokenContract token) {
        var limits = settings.sessionToken();
        return new TokenLimits(limits.clockSkew(), limits.maxAge().orElse(token.lifetime()), (int)
                limits.maxSize().bytes());
    }

    private Expectations expectations() {
        Map<String, Expectations.Added> added = settings.provider().projects().stream()
                .collect(Collectors.toMap(
                        ProjectSettings::id,
                        project -> new Expectations.Added(project.issuers(), project.audiences())));
        return new Expectations(settings.provider().baseUrl().toString(), added);
    }
}

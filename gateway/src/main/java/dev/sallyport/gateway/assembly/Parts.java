package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Filter;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.ProjectSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.TokenMode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Door;
import dev.sallyport.contract.ReplyContractFilter;
import dev.sallyport.contract.RequestContractFilter;
import dev.sallyport.contract.SafetyCatch;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.http.LoopScheduler;
import dev.sallyport.gateway.management.MeteredEvents;
import dev.sallyport.gateway.provider.ProviderUpstream;
import dev.sallyport.observe.ObservationFilter;
import dev.sallyport.project.ProjectFilter;
import dev.sallyport.ratelimit.RateLimitFilter;
import dev.sallyport.resilience.DeadlineFilter;
import dev.sallyport.resilience.RetryFilter;
import dev.sallyport.token.Expectations;
import dev.sallyport.token.KeySource;
import dev.sallyport.token.SessionTokenFilter;
import dev.sallyport.token.TokenLimits;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** The filters of a pipeline, made from the settings; empty for what is off. */
final class Parts {
    private final Settings settings;
    private final MeteredEvents events;
    private final ContractObservers observers;
    private final KeySource keys;
    private final HttpClient client;
    private final Telemetry telemetry;
    private final Captures captures;
    private final LoopScheduler loop = new LoopScheduler();
    private final Optional<RateLimitFilter> rateLimit;

    Parts(
            Settings settings,
            MeteredEvents events,
            ContractObservers observers,
            KeySource keys,
            HttpClient client,
            Telemetry telemetry,
            Captures captures,
            Optional<RateLimitFilter> rateLimit) {
        this.settings = settings;
        this.events = events;
        this.observers = observers;
        this.keys = keys;
        this.client = client;
        this.telemetry = telemetry;
        this.captures = captures;
        this.rateLimit = rateLimit;
    }

    Upstream provider(Contract contract) {
        var provider = settings.provider();
        return new ProviderUpstream(contract, client, provider.baseUrl().toString(), (int)
                provider.replyLimit().bytes());
    }

    Filter observation() {
        return new ObservationFilter(events, System::nanoTime);
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

    /** One for all operations: a limit counts a caller's calls together. */
    Optional<RateLimitFilter> rateLimit() {
        return rateLimit;
    }

    Optional<Filter> requestContract(Contract contract) {
        Door door = Door.request(contract, settings.contracts(), observers.events());
        boolean read = !door.isOpen() || telemetry.readsRequests(contract);
        return read && contract.readsRequests()
                ? Optional.of(new RequestContractFilter(contract, door))
                : Optional.empty();
    }

    Optional<Filter> telemetry(Contract contract) {
        return telemetry.filter(contract);
    }

    Optional<Filter> sessionToken(Contract contract) {
        var expected = settings.sessionToken();
        return expected.mode() == TokenMode.OFF
                ? Optional.empty()
                : contract.sessionToken()
                        .map(token -> new SessionTokenFilter(
                                contract,
                                token,
                                bindings(contract),
                                limits(token),
                                keys,
                                expectations(),
                                events,
                                Clock.systemUTC()));
    }

    private Door bindings(Contract contract) {
        return Door.bindings(contract, settings.contracts(), observers.events());
    }

    /** Tokens and devices cannot be seen in a reply that nobody read, so for them it is read even if its contract is off. */
    Optional<Filter> replyContract(Contract contract) {
        var contracts = settings.contracts();
        var watches = observers.watches();
        @Nullable
        SafetyCatch safetyCatch = watches.safetyCatch(contract, contracts).orElse(null);
        Door door = Door.reply(contract, contracts, observers.events(), safetyCatch);
        boolean token = settings.sessionToken().mode() != TokenMode.OFF
                && contract.sessionToken().isPresent();
        if (door.isOpen() && !token && !telemetry.readsReplies(contract)) {
            watches.unread(contract.operation());
            return Optional.empty();
        }
        return Optional.of(watches.drift(contract, contracts.drift())
                .map(watch -> new ReplyContractFilter(contract, door, watch))
                .orElseGet(() -> new ReplyContractFilter(contract, door)));
    }

    Optional<Filter> retry() {
        var retry = settings.retry();
        return retry.attempts() == 1
                ? Optional.empty()
                : Optional.of(new RetryFilter(
                        retry.attempts(),
                        retry.backoff(),
                        retry.budget().value(),
                        events,
                        loop,
                        () -> ThreadLocalRandom.current().nextDouble()));
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

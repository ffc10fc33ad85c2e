package dev.sallyport.gateway.assembly;

import dev.sallyport.audit.AuditEvents;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Stage;
import dev.sallyport.call.Upstream;
import dev.sallyport.caller.Callers;
import dev.sallyport.config.OtherCallSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.enforcement.ReplyContractFilter;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.enforcement.RequestContractFilter;
import dev.sallyport.contract.enforcement.RequestReading;
import dev.sallyport.contract.watch.DriftWatch;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.gateway.generation.Generation.Memory;
import dev.sallyport.gateway.http.header.EndToEndFilter;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.log.AuditLog;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.observe.ObservationFilter;
import dev.sallyport.overload.ConcurrencyFilter;
import dev.sallyport.project.ProjectFilter;
import dev.sallyport.resilience.BreakerFilter;
import dev.sallyport.resilience.DeadlineFilter;
import dev.sallyport.resilience.RetryDecision;
import dev.sallyport.resilience.RetryFilter;
import dev.sallyport.resilience.RetryFilter.Waiting;
import dev.sallyport.resilience.hold.ProviderHoldFilter;
import dev.sallyport.token.Expectations;
import dev.sallyport.token.SessionTokenFilter;
import dev.sallyport.token.TokenEvents;
import dev.sallyport.token.TokenLimits;
import dev.sallyport.token.TokenTerms;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The filters of a pipeline, made from the settings; empty for what is off. Long because each line of {@link Pipeline} has its method here. */
final class FilterFactory {
    private final Settings settings;
    private final Monitoring monitoring;
    private final ProviderAccess provider;
    private final Memory memory;
    private final Telemetry telemetry;
    private final KeptReplies kept;
    private final Optional<AuditEvents> audit;
    private final LoopScheduler loop = new LoopScheduler();

    FilterFactory(
            Settings settings, ContractCatalog catalog, Monitoring monitoring, ProviderAccess provider, Memory memory) {
        this.settings = settings;
        this.monitoring = monitoring;
        this.provider = provider;
        this.memory = memory;
        this.audit = AuditLog.of(settings, catalog, monitoring.windows());
        this.telemetry = new Telemetry(settings, catalog, memory.lookup(), monitoring);
        this.kept = new KeptReplies(
                settings, catalog, memory.lastGood(), monitoring.meters().kept());
    }

    /** Gives steps spans, if calls are traced. */
    TracedSteps traced() {
        return TracedSteps.of(settings.tracing());
    }

    Upstream<ReadCall> provider(Contract contract, ReplyReading reading) {
        return provider.upstreams().apply(contract, reading);
    }

    /** Reads a call for every step behind it. */
    Stage<Call, ReadCall> requestReading(Contract contract) {
        return new RequestReading(contract);
    }

    /** Reads every reply, and watches for drift unless nothing is enforced or reported of replies. */
    ReplyReading replyReading(Contract contract) {
        Optional<DriftWatch> watch = replyEnforcement(contract, null).isOpen()
                ? Optional.empty()
                : monitoring
                        .observers()
                        .watches()
                        .drift(contract, settings.contracts().drift());
        return watch.map(drift -> new ReplyReading(contract, drift)).orElseGet(() -> new ReplyReading(contract));
    }

    Filter<Call> observation() {
        return new ObservationFilter(monitoring.meters().calls(), System::nanoTime);
    }

    /** Of other calls on a route. */
    Filter<Call> observation(String route) {
        return new ObservationFilter(monitoring.meters().calls().on(route), System::nanoTime);
    }

    Optional<Filter<Call>> capture(Contract contract) {
        return monitoring.captures().calls(contract);
    }

    /** Of operations that make or revoke sessions. What is refused before it is read has no session to tell of. */
    Optional<Filter<ReadCall>> audit(Contract contract) {
        return audit.flatMap(log -> contract.audit().map(told -> new AuditFilter(told, log)));
    }

    /** Names of header fields that no {@code Connection} takes off: credentials, and what limits count by. */
    Set<String> fieldsThatGoOn(Contract contract) {
        Stream<String> counted = settings.rateLimits().limits().stream()
                .map(LimitSettings::key)
                .filter(key -> key.kind() == LimitKey.Kind.HEADER)
                .map(key -> key.name().toLowerCase(Locale.ROOT));
        return Stream.concat(contract.metadata().pack().credentials().stream(), counted)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a call has at most. */
    Duration longest(Contract contract) {
        return settings.deadline(contract.operation().id());
    }

    /** The names of the routes for calls that no contract knows, in their order. */
    List<String> otherRoutes() {
        return settings.otherCalls().stream().map(OtherCallSettings::id).toList();
    }

    /** What a call that no contract knows has at most. */
    Duration longest() {
        return settings.deadline();
    }

    Filter<Call> deadline() {
        return deadline(longest());
    }

    Filter<Call> deadline(Contract contract) {
        return deadline(longest(contract));
    }

    private Filter<Call> deadline(Duration longest) {
        return new DeadlineFilter(longest, settings.circuitBreaker().fairTime(longest), loop);
    }

    Optional<Filter<Call>> callers(Contract contract) {
        return memory.callers().map(callers -> callers.of(contract));
    }

    Optional<Filter<Call>> callersOfOthers() {
        return memory.callers().map(Callers::ofOthers);
    }

    Optional<Filter<ReadCall>> organizations(Contract contract) {
        return memory.callers().flatMap(callers -> callers.organizations(contract));
    }

    Optional<Filter<ReadCall>> organizationsOfOthers() {
        return memory.callers().flatMap(Callers::organizationsOfOthers);
    }

    Optional<Filter<Call>> projects(Contract contract) {
        return projects(contract.operation().namesProject());
    }

    /** @param isInPath whether paths name a project */
    Optional<Filter<Call>> projects(boolean isInPath) {
        var listed =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        return listed.isEmpty() ? Optional.empty() : Optional.of(new ProjectFilter(listed, isInPath));
    }

    Optional<Filter<Call>> addressLimits() {
        return memory.limits().byAddress();
    }

    Optional<Filter<ReadCall>> callLimits(Contract contract) {
        return memory.limits().byCall(contract);
    }

    Optional<Filter<ReadCall>> otherCallLimits() {
        return memory.limits().byOtherCall();
    }

    Optional<Filter<ReadCall>> keptReplies(Contract contract) {
        return kept.filter(contract, provider.keys(), longest(contract));
    }

    Optional<Filter<ReadCall>> providerHolds(Contract contract) {
        boolean needsSecret = !contract.metadata().publishesKeys();
        return settings.rateLimits().followProvider() && needsSecret
                ? Optional.of(new ProviderHoldFilter(
                        contract, memory.holds(), monitoring.meters().limits(), InstantSource.system()))
                : Optional.empty();
    }

    Optional<Filter<ReadCall>> requestContract(Contract contract) {
        var enforcement = ContractEnforcement.request(
                contract, settings.contracts(), monitoring.observers().events());
        return enforcement.isOpen() || !contract.checksRequests()
                ? Optional.empty()
                : Optional.of(new RequestContractFilter(contract, enforcement));
    }

    private boolean verifiesTokens(Contract contract) {
        return settings.sessionToken().mode() != TokenMode.OFF
                && contract.sessionToken().isPresent();
    }

    private ContractEnforcement replyEnforcement(Contract contract, @Nullable SafetyCatch safetyCatch) {
        var contracts = settings.contracts();
        return verifiesTokens(contract)
                ? ContractEnforcement.reply(
                        contract, contracts, monitoring.observers().events(), safetyCatch)
                : ContractEnforcement.replyWithBindings(
                        contract, contracts, monitoring.observers().events(), safetyCatch);
    }

    Optional<Filter<ReadCall>> telemetry(Contract contract) {
        return telemetry.filter(contract);
    }

    Optional<Filter<ReadCall>> sessionToken(Contract contract) {
        return !verifiesTokens(contract)
                ? Optional.empty()
                : contract.sessionToken()
                        .map(token -> new SessionTokenFilter(
                                contract,
                                new TokenTerms(bindings(contract), limits(token), expectations()),
                                provider.keys(),
                                monitoring.meters().tokens(),
                                Clock.systemUTC()));
    }

    private ContractEnforcement bindings(Contract contract) {
        return ContractEnforcement.bindings(
                contract, settings.contracts(), monitoring.observers().events());
    }

    Optional<Filter<ReadCall>> idempotency(Contract contract) {
        return memory.idempotency()
                .flatMap(calls -> calls.filter(contract, doorOfReplays(contract), longest(contract)));
    }

    /** A stored answer was counted when it came; what it meets when it is given again counts for nothing else. */
    private Idempotency.SecondDoor doorOfReplays(Contract contract) {
        Optional<TokenContract> verified = contract.sessionToken().filter(token -> verifiesTokens(contract));
        Optional<Filter<ReadCall>> check = verified.map(token -> new SessionTokenFilter(
                contract,
                new TokenTerms(
                        ContractEnforcement.bindings(
                                contract, settings.contracts(), (operation, direction, broken, refused) -> {}),
                        limits(token),
                        expectations()),
                provider.keys(),
                TokenEvents.NONE,
                Clock.systemUTC()));
        Duration life = verified.map(token -> limits(token).longestLife())
                .orElse(settings.idempotency().keep());
        return new Idempotency.SecondDoor(check, life, KeyedCalls.keptFields(settings));
    }

    Optional<Filter<ReadCall>> replyContract(Contract contract) {
        if (replyEnforcement(contract, null).isOpen()) {
            monitoring.observers().watches().unread(contract.operation());
            return Optional.empty();
        }
        @Nullable
        SafetyCatch safetyCatch = monitoring
                .observers()
                .watches()
                .safetyCatch(contract, settings.contracts())
                .orElse(null);
        return Optional.of(new ReplyContractFilter(replyEnforcement(contract, safetyCatch)));
    }

    /** Counts attempts even where only one is made. */
    Filter<ReadCall> retry(Contract contract) {
        var retry = settings.retry();
        return new RetryFilter(
                contract,
                new RetryDecision(
                        retry.attempts(), retry.backoff(), contract.conduct().repeatable()),
                memory.retries(),
                monitoring.meters().retries(),
                new Waiting(loop, () -> ThreadLocalRandom.current().nextDouble(), InstantSource.system()));
    }

    Optional<Filter<ReadCall>> breaker(Contract contract) {
        return Optional.ofNullable(memory.breakers().get(contract.conduct().group()))
                .map(breaker -> new BreakerFilter(breaker, longest(contract), loop));
    }

    /** Outside of what may refuse an attempt by itself: that is measured as little as what this refuses. */
    Optional<Filter<ReadCall>> concurrency(Contract contract) {
        var concurrency = settings.concurrency();
        if (concurrency.isOff()) {
            return Optional.empty();
        }
        var operation = contract.operation();
        var terms = new ConcurrencyFilter.Terms(
                memory.concurrency(), concurrency.mode(), monitoring.meters().overload(), loop, System::nanoTime);
        return Optional.of(new ConcurrencyFilter(terms, concurrency.of(operation.id(), operation.priority())));
    }

    Filter<ReadCall> endToEnd() {
        return new EndToEndFilter(GatewayHeaders.of(settings));
    }

    private TokenLimits limits(TokenContract token) {
        var limits = settings.sessionToken();
        return new TokenLimits(
                limits.clockSkew(), limits.maxAge().orElse(token.claims().lifetime()), (int)
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

package dev.sallyport.gateway.reload;

import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.telemetry.TelemetrySettings;
import dev.sallyport.config.value.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which settings are taken up without a restart: modes of contracts, telemetry, breakers, limits of calls in flight and of rates, kept
 * replies, keys of idempotency, credentials of the store, and the name of the contract pack. All others shape servers, connections and keys of session tokens,
 * which are made once.
 */
final class LiveSettings {
    private record Section(String key, Function<Settings, Object> part) {}

    private static final List<Section> CALLERS = List.of(
            new Section("callers.hash-keys", settings -> settings.callers().hashKeys()),
            new Section("callers.list", settings -> settings.callers().list()));

    private static final List<Section> TAKEN_UP = List.of(
            new Section("provider.pack", settings -> settings.provider().pack()),
            new Section(
                    "provider.fraud-base-url", settings -> settings.provider().fraudBaseUrl()),
            new Section("provider.projects[].secret", LiveSettings::secrets),
            CALLERS.get(0),
            CALLERS.get(1),
            new Section("contracts", Settings::contracts),
            new Section("telemetry", Settings::telemetry),
            new Section("circuit-breaker", Settings::circuitBreaker),
            new Section("concurrency", Settings::concurrency),
            new Section("rate-limits", Settings::rateLimits),
            new Section("idempotency.keys", settings -> settings.idempotency().keys()),
            new Section("store.url", settings -> settings.store().url()),
            new Section("kept-replies", Settings::keptReplies));

    private static final List<Section> FIXED = List.of(
            new Section("provider.base-url", settings -> settings.provider().baseUrl()),
            new Section("provider.projects", LiveSettings::projectsWithoutSecrets),
            new Section("provider.credentials", settings -> settings.provider().credentials()),
            new Section("callers.jwt", settings -> settings.callers().issuer()),
            new Section("provider.pool", settings -> settings.provider().pool()),
            new Section("provider.reply-limit", settings -> settings.provider().replyLimit()),
            new Section("provider.ssl-bundle", settings -> settings.provider().sslBundle()),
            new Section("provider.pins", settings -> settings.provider().pins()),
            new Section(
                    "telemetry.max-connections",
                    settings -> settings.telemetry().maxConnections()),
            new Section("session-token", Settings::sessionToken),
            new Section("deadline", Settings::deadline),
            new Section("deadlines", Settings::deadlines),
            new Section("retry", Settings::retry),
            new Section("store", settings -> settings.store().withoutCredentials()),
            new Section("other-calls", Settings::otherCalls),
            new Section("idempotency", settings -> settings.idempotency().withKeys(List.of())),
            new Section(
                    "idempotency.keys",
                    settings -> settings.idempotency().keys().isEmpty()),
            new Section("request", Settings::request),
            new Section("drain", Settings::drain),
            new Section("reload", Settings::reload),
            new Section("capture", Settings::capture),
            new Section("server-timing", Settings::serverTiming),
            new Section("trusted-callers", Settings::trustedCallers),
            new Section("logs", Settings::logs),
            new Section("tracing", Settings::tracing),
            new Section("egress", Settings::egress),
            new Section("management", Settings::management));

    private LiveSettings() {}

    /** What is served by, with everything of what was read that can be taken up. */
    static Settings takenUp(Settings serving, Settings read) {
        return new Settings(
                provider(serving.provider(), read.provider()),
                callers(serving, read),
                read.contracts(),
                serving.sessionToken(),
                telemetry(serving.telemetry(), read.telemetry()),
                serving.deadline(),
                serving.deadlines(),
                serving.retry(),
                read.circuitBreaker(),
                read.concurrency(),
                serving.store().withCredentialsOf(read.store()),
                serving.otherCalls(),
                read.rateLimits(),
                serving.idempotency().withKeys(keys(serving, read)),
                read.keptReplies(),
                serving.request(),
                serving.drain(),
                serving.reload(),
                serving.capture(),
                serving.serverTiming(),
                serving.trustedCallers(),
                serving.logs(),
                serving.tracing(),
                serving.egress(),
                serving.management());
    }

    /** The same with other modes of contracts. */
    static Settings withContracts(Settings serving, ContractSettings contracts) {
        return new Settings(
                serving.provider(),
                serving.callers(),
                contracts,
                serving.sessionToken(),
                serving.telemetry(),
                serving.deadline(),
                serving.deadlines(),
                serving.retry(),
                serving.circuitBreaker(),
                serving.concurrency(),
                serving.store(),
                serving.otherCalls(),
                serving.rateLimits(),
                serving.idempotency(),
                serving.keptReplies(),
                serving.request(),
                serving.drain(),
                serving.reload(),
                serving.capture(),
                serving.serverTiming(),
                serving.trustedCallers(),
                serving.logs(),
                serving.tracing(),
                serving.egress(),
                serving.management());
    }

    /** A random key is known to this process alone, and what is remembered under it would be lost. */
    private static List<Secret> keys(Settings serving, Settings read) {
        List<Secret> had = serving.idempotency().keys();
        List<Secret> next = read.idempotency().keys();
        return had.isEmpty() || next.isEmpty() ? had : next;
    }

    private static ProviderSettings provider(ProviderSettings serving, ProviderSettings read) {
        return new ProviderSettings(
                read.pack(),
                serving.baseUrl(),
                read.fraudBaseUrl(),
                projects(serving.projects(), read.projects()),
                serving.credentials(),
                serving.pool(),
                serving.replyLimit(),
                serving.sslBundle(),
                serving.pins());
    }

    /** With secrets that were replaced. */
    private static List<ProjectSettings> projects(List<ProjectSettings> serving, List<ProjectSettings> read) {
        return serving.stream()
                .map(project -> read.stream()
                        .filter(other -> other.id().equals(project.id()))
                        .filter(other ->
                                other.secret().isPresent() == project.secret().isPresent())
                        .findFirst()
                        .map(project::withSecretOf)
                        .orElse(project))
                .toList();
    }

    private static CallersSettings callers(Settings serving, Settings read) {
        return takesCallers(serving, read)
                ? new CallersSettings(
                        read.callers().hashKeys(),
                        serving.callers().jwt(),
                        read.callers().list())
                : serving.callers();
    }

    /** Callers of the other mode, and those whose tokens come from the first issuer, wait for the restart that these wait for. */
    private static boolean takesCallers(Settings serving, Settings read) {
        boolean isOfMode = read.provider().credentials() == serving.provider().credentials();
        return isOfMode
                && (serving.callers().issuer().isPresent()
                        || read.callers().issuer().isEmpty());
    }

    private static List<Optional<Secret>> secrets(Settings settings) {
        return settings.provider().projects().stream()
                .map(ProjectSettings::secret)
                .toList();
    }

    private static List<ProjectSettings> projectsWithoutSecrets(Settings settings) {
        return settings.provider().projects().stream()
                .map(project -> new ProjectSettings(
                        project.id(), Optional.empty(), project.issuers(), project.audiences(), project.jwksUrl()))
                .toList();
    }

    private static TelemetrySettings telemetry(TelemetrySettings serving, TelemetrySettings read) {
        return new TelemetrySettings(
                read.mode(),
                read.header(),
                read.operations(),
                read.timeout(),
                serving.maxConnections(),
                read.on(),
                read.cache(),
                read.breaker(),
                read.results(),
                read.knownReasons());
    }

    /** Keys of the sections that differ and were taken up. */
    static List<String> changed(Settings serving, Settings next) {
        return differing(TAKEN_UP, serving, next);
    }

    /** Keys of the sections that differ and need a restart. */
    static List<String> waiting(Settings serving, Settings read) {
        List<String> keys = differing(FIXED, serving, read);
        if (!takesCallers(serving, read)) {
            keys.addAll(differing(CALLERS, serving, read));
        }
        return keys;
    }

    private static List<String> differing(List<Section> sections, Settings one, Settings other) {
        List<String> keys = new ArrayList<>();
        for (Section section : sections) {
            if (!section.part().apply(one).equals(section.part().apply(other))) {
                keys.add(Settings.PREFIX + "." + section.key());
            }
        }
        return keys;
    }
}

package dev.sallyport.gateway.management;

import dev.sallyport.gateway.provider.JwksAddresses;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyReport;
import dev.sallyport.token.keys.fetch.KeyState.LastFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/keys}: which session keys are held, since when, and what became of fetching them. Public facts only. */
@Endpoint(id = "keys")
public final class KeysEndpoint {
    private final JwksKeySource keys;
    private final Set<String> listed;
    private final JwksAddresses addresses;
    private final Clock clock;

    /**
     * Reads a source.
     *
     * @param listed the projects of the settings: any other name was chosen by a caller
     */
    public KeysEndpoint(JwksKeySource keys, Set<String> listed, JwksAddresses addresses, Clock clock) {
        this.keys = keys;
        this.listed = Set.copyOf(listed);
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * As it is written.
     *
     * @param ofOtherProjects how many more there are, of projects that no setting lists
     */
    public record Keys(List<KeysOfIssuer> issuers, long ofOtherProjects) {}

    /**
     * Of one project and product.
     *
     * @param operation the operation that publishes the keys
     * @param ignored how many keys of the set in use are not used, by reason
     * @param nextRefresh null where a call has to ask first: an endpoint that never had keys of this project
     */
    public record KeysOfIssuer(
            String project,
            String operation,
            String address,
            List<String> keyIds,
            Map<String, Integer> ignored,
            boolean usable,
            boolean fromFile,
            @Nullable Instant lastSuccess,
            @Nullable Long ageSeconds,
            @Nullable Instant nextRefresh,
            long fetches,
            int failuresInARow,
            Map<String, Long> refused,
            @Nullable String lastRefusal,
            @Nullable Instant lastRefusalAt) {}

    /** The issuers of listed projects, by project. */
    @ReadOperation
    public Keys keys() {
        List<KeyReport> reports = keys.reports();
        List<KeysOfIssuer> shown = reports.stream()
                .filter(report -> listed.contains(report.issuer().project()))
                .map(this::shown)
                .sorted(Comparator.comparing(KeysOfIssuer::project).thenComparing(KeysOfIssuer::operation))
                .toList();
        return new Keys(shown, reports.size() - shown.size());
    }

    private KeysOfIssuer shown(KeyReport report) {
        @Nullable Instant since = report.since().orElse(null);
        Map<String, Long> refused = new TreeMap<>();
        report.refused().forEach((fault, count) -> refused.put(fault.label(), count));
        Map<String, Integer> ignored = new TreeMap<>();
        report.keys().ignored().forEach((flaw, count) -> ignored.put(flaw.label(), count));
        return new KeysOfIssuer(
                report.issuer().project(),
                report.issuer().jwks().id(),
                addresses.of(report.issuer()),
                report.keys().keyIds().stream().sorted().toList(),
                ignored,
                report.usable(),
                report.fromFile(),
                since,
                since == null ? null : Duration.between(since, clock.instant()).toSeconds(),
                since == null ? null : report.state().due(),
                report.fetches(),
                report.state().failures(),
                refused,
                report.lastFault().map(last -> last.fault().label()).orElse(null),
                report.lastFault().map(LastFault::at).orElse(null));
    }
}

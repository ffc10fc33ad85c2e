package dev.sallyport.gateway.console.home;

import dev.sallyport.config.token.SessionTokenSettings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.gateway.console.home.Condition.Fault;
import dev.sallyport.gateway.console.home.Condition.Severity;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Certificate;
import dev.sallyport.token.keys.fetch.KeyReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Session keys and certificates that are missing, stale or about to end. */
final class TrustConditions {
    private static final Duration SOON = Duration.ofDays(21);

    private final ConsoleSources sources;

    TrustConditions(ConsoleSources sources) {
        this.sources = sources;
    }

    List<Condition> at(Instant now) {
        List<Condition> found = new ArrayList<>();
        SessionTokenSettings tokens =
                sources.contracts().serving().get().settings().sessionToken();
        if (tokens.mode() == TokenMode.OFF) {
            found.add(Condition.of(
                    "tokens-off",
                    Severity.NOTE,
                    Fault.GATEWAY,
                    "Session tokens are not verified",
                    "session-token.mode is off.",
                    "/console/settings"));
        } else {
            ofProjects()
                    .forEach((project, reports) ->
                            ofKeys(project, reports, tokens, now).ifPresent(found::add));
            ofOthers(tokens, now).ifPresent(found::add);
        }
        sources.trust()
                .certificates()
                .get()
                .forEach(certificate -> of(certificate, now).ifPresent(found::add));
        return found;
    }

    private Map<String, List<KeyReport>> ofProjects() {
        return sources.trust().keys().reports().stream()
                .filter(report ->
                        sources.trust().listed().contains(report.issuer().project()))
                .collect(Collectors.groupingBy(report -> report.issuer().project(), TreeMap::new, Collectors.toList()));
    }

    /** A project belongs to one product: the endpoints of the others never have keys of it, and that is as it should be. */
    private static Optional<Condition> ofKeys(
            String project, List<KeyReport> reports, SessionTokenSettings tokens, Instant now) {
        List<KeyReport> held =
                reports.stream().filter(report -> report.since().isPresent()).toList();
        if (held.stream().noneMatch(KeyReport::usable)) {
            String why = reports.stream()
                    .flatMap(report -> report.lastFault().stream())
                    .map(last -> last.fault().label())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return Optional.of(Condition.of(
                    "keys-missing:" + project,
                    Severity.WRONG,
                    Fault.PROVIDER,
                    "No session keys of " + project,
                    "Replies with a session token of this project are refused"
                            + (why.isEmpty() ? "." : "; fetching: " + why + "."),
                    "/console/state"));
        }
        return held.stream()
                .filter(report -> isStale(report, tokens, now))
                .findFirst()
                .map(report -> stale(project, report));
    }

    private Optional<Condition> ofOthers(SessionTokenSettings tokens, Instant now) {
        long stale = sources.trust().keys().reports().stream()
                .filter(report ->
                        !sources.trust().listed().contains(report.issuer().project()))
                .filter(report -> report.since().isPresent() && report.state().failures() > 0)
                .filter(report -> isStale(report, tokens, now))
                .count();
        return stale == 0
                ? Optional.empty()
                : Optional.of(Condition.of(
                        "keys-stale-others",
                        Severity.WARNING,
                        Fault.PROVIDER,
                        "Session keys of " + stale + " projects that no setting lists are stale",
                        "Fetching them fails; those at hand go on serving.",
                        "/console/state"));
    }

    /** The last fetch failed, or there was none for longer than two of the times between fetches. */
    private static boolean isStale(KeyReport report, SessionTokenSettings tokens, Instant now) {
        Duration most = tokens.jwks().refresh().multipliedBy(2);
        return report.state().failures() > 0
                || report.fromFile()
                || report.since().map(since -> since.plus(most).isBefore(now)).orElse(false);
    }

    private static Condition stale(String project, KeyReport report) {
        String why = report.state().failures() > 0
                ? "Fetching failed " + report.state().failures() + " times in a row ("
                        + report.lastFault().map(last -> last.fault().label()).orElse("unknown") + ")."
                : "There was no fetch when one was due.";
        Condition condition = Condition.of(
                "keys-stale:" + project,
                Severity.WARNING,
                Fault.PROVIDER,
                "Session keys of " + project + " are stale",
                why + " The keys at hand go on serving until they are too old.",
                "/console/state");
        return report.since().map(condition::since).orElse(condition);
    }

    private static Optional<Condition> of(Certificate certificate, Instant now) {
        String name = "Certificate " + certificate.subject() + " of SSL bundle " + certificate.bundle();
        String until = "Valid from " + Shown.time(certificate.validFrom()) + " until "
                + Shown.time(certificate.validUntil()) + ".";
        String key = "certificate:" + certificate.bundle() + ":" + certificate.subject();
        if (certificate.validUntil().isBefore(now)) {
            return Optional.of(certificate(key, Severity.WRONG, name + " has expired", until)
                    .since(certificate.validUntil()));
        }
        if (certificate.validFrom().isAfter(now)) {
            return Optional.of(certificate(key, Severity.WRONG, name + " is not valid yet", until));
        }
        return certificate.validUntil().minus(SOON).isBefore(now)
                ? Optional.of(certificate(key, Severity.WARNING, name + " ends soon", until))
                : Optional.empty();
    }

    private static Condition certificate(String key, Severity severity, String title, String detail) {
        return Condition.of(key, severity, Fault.GATEWAY, title, detail, "/console/state");
    }
}

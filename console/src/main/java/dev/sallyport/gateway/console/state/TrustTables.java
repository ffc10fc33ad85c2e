package dev.sallyport.gateway.console.state;

import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.state.StatePage.Table;
import dev.sallyport.token.keys.fetch.KeyReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Session keys, and certificates. */
final class TrustTables {
    private TrustTables() {}

    static Table keys(ConsoleSources.Trust trust, Instant now) {
        List<KeyReport> reports = trust.keys().reports();
        Set<String> listed = trust.listed();
        List<List<String>> rows = reports.stream()
                .filter(report -> listed.contains(report.issuer().project()))
                .sorted(Comparator.comparing(
                                (KeyReport report) -> report.issuer().project())
                        .thenComparing(report -> report.issuer().jwks().id()))
                .map(report -> row(report, now))
                .toList();
        int others = reports.size() - rows.size();
        String note = others == 0 ? "" : "And those of " + others + " projects that no setting lists.";
        return new Table(
                "Session keys",
                note,
                List.of("Project", "Published by", "Key ids", "Usable", "Fetched", "Failures in a row", "Last failure"),
                rows);
    }

    private static List<String> row(KeyReport report, Instant now) {
        return List.of(
                report.issuer().project(),
                report.issuer().jwks().id(),
                String.join(", ", report.keys().keyIds().stream().sorted().toList()),
                report.usable() ? "yes" : "no",
                report.since()
                        .map(at -> Shown.ago(at, now) + (report.fromFile() ? ", from the file" : ""))
                        .orElse("never"),
                Integer.toString(report.state().failures()),
                report.lastFault()
                        .map(last -> last.fault().label() + ", " + Shown.ago(last.at(), now))
                        .orElse("none"));
    }

    static Table certificates(ConsoleSources.Trust trust, Instant now) {
        List<List<String>> rows = trust.certificates().get().stream()
                .map(certificate -> List.of(
                        certificate.bundle(),
                        certificate.subject(),
                        Shown.time(certificate.validFrom()),
                        Shown.time(certificate.validUntil()),
                        validity(certificate, now)))
                .toList();
        return new Table(
                "Certificates",
                rows.isEmpty() ? "No SSL bundle is set: the JVM's own trust store holds." : "",
                List.of("SSL bundle", "Subject", "Valid from", "Valid until", "Now"),
                rows);
    }

    private static String validity(ConsoleSources.Certificate certificate, Instant now) {
        if (certificate.validFrom().isAfter(now)) {
            return "not valid yet";
        }
        return certificate.validUntil().isBefore(now) ? "expired" : "valid";
    }
}

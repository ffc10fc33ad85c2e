package dev.sallyport.gateway.keys;

import dev.sallyport.contract.file.FileFailure;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.gateway.provider.JwksAddresses;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.SavedKeys;
import dev.sallyport.token.keys.SavedKeys.Saved;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyReport;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/** Carries keys from one process to the next, so that a restart during an outage of the provider's keys refuses no call. */
public final class JwksFileCache {
    private static final Logger LOG = LoggerFactory.getLogger(JwksFileCache.class);
    /** The clock may have been set back a little; keys from farther ahead are not believed. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final KeyFile file;
    private final JwksKeySource keys;
    private final JwksAddresses addresses;
    private final Function<Issuer, KnownMembers> members;
    private final Clock clock;
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile Map<Issuer, Instant> written = Map.of();
    private volatile boolean isFailing;

    /**
     * A cache of keys in a file.
     *
     * @param members those that may be written of a document with keys
     */
    public JwksFileCache(
            KeyFile file,
            JwksKeySource keys,
            JwksAddresses addresses,
            Function<Issuer, KnownMembers> members,
            Clock clock) {
        this.file = file;
        this.keys = keys;
        this.addresses = addresses;
        this.members = members;
        this.clock = clock;
    }

    /**
     * Takes up what was saved. A file that is damaged, or that others may write, is told and ignored.
     *
     * @param keep keys older than this are left where they are
     * @param issuers finds an issuer; empty if it is none of ours any more
     */
    public void load(Duration keep, Function<Saved, Optional<Issuer>> issuers) {
        try {
            for (Saved saved : file.read().sets()) {
                issuers.apply(saved)
                        .filter(issuer -> addresses.of(issuer).equals(saved.address()))
                        .filter(issuer -> isOfAge(saved.since(), keep))
                        .ifPresent(issuer -> take(issuer, saved));
            }
        } catch (IOException unusable) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", FileFailure.words(unusable))
                    .log("Saved session keys are not used");
        }
    }

    private boolean isOfAge(Instant since, Duration keep) {
        Instant now = clock.instant();
        return !since.plus(keep).isBefore(now) && !since.isAfter(now.plus(AHEAD));
    }

    private void take(Issuer issuer, Saved saved) {
        try {
            keys.restore(issuer, saved.jwks(), saved.since());
        } catch (ParseException damaged) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("project", issuer.project())
                    .addKeyValue("why", damaged.getMessage())
                    .log("Saved session keys of a project are damaged and not used");
        }
    }

    /** Writes in the background, if there is anything new. To be called from time to time. */
    void persist() {
        List<KeyReport> fetched = fetched();
        if (!sinces(fetched).equals(written) && writing.compareAndSet(false, true)) {
            Schedulers.boundedElastic().schedule(() -> {
                save(fetched);
                writing.set(false);
            });
        }
    }

    private List<KeyReport> fetched() {
        return keys.reports().stream()
                .filter(report -> report.since().isPresent())
                .toList();
    }

    private static Map<Issuer, Instant> sinces(List<KeyReport> reports) {
        return reports.stream()
                .collect(Collectors.toMap(
                        KeyReport::issuer, report -> report.since().orElseThrow()));
    }

    private void save(List<KeyReport> reports) {
        try {
            file.write(new SavedKeys(reports.stream().map(this::saved).toList()));
            isFailing = false;
        } catch (IOException | RuntimeException unwritable) {
            tell(unwritable);
        }
        written = sinces(reports); // a file that cannot be written is tried again with the next keys
    }

    private Saved saved(KeyReport report) {
        Issuer issuer = report.issuer();
        return new Saved(
                issuer.project(),
                issuer.jwks().id(),
                addresses.of(issuer),
                report.since().orElseThrow(),
                report.keys().published(members.apply(issuer)));
    }

    /** Once an outage of the disk, not once a refresh. */
    private void tell(Exception unwritable) {
        if (!isFailing) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", FileFailure.words(unwritable))
                    .log("Session keys cannot be saved; the next start will have to fetch them");
        }
        isFailing = true;
    }
}

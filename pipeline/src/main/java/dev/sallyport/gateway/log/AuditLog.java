package dev.sallyport.gateway.log;

import dev.sallyport.audit.AuditEvents;
import dev.sallyport.audit.AuditedCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.LogSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.AuditContract.Action;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.rejection.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each session that was made or revoked, or was not, although a call asked for it. Those of refused calls are summed
 * up when there are many; those of sessions never are. Thread-safe.
 */
public final class AuditLog implements AuditEvents {
    private static final int IN_FULL = 200;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int MOST_KINDS = 1000;
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.audit");

    private final PackWords words;
    private final KnownProjects projects;
    private final SessionHash hash;
    private final RepeatedLines<Kind> refusals;

    private record Kind(String operation, String outcome, String reason) {}

    /**
     * Lines of the calls of one contract pack.
     *
     * @param windows in which refusals are summed up
     */
    public AuditLog(LogSettings settings, KnownProjects projects, PackWords words, LineWindows windows) {
        this.words = words;
        this.projects = projects;
        this.hash = new SessionHash(settings.hashKey());
        this.refusals = new RepeatedLines<>(
                new Bounds(IN_FULL, WINDOW, MOST_KINDS), new Kind("(other)", "", ""), windows, AuditLog::summedUp);
    }

    /** As the settings say; empty if no line is written. */
    public static Optional<AuditEvents> of(Settings settings, ContractCatalog catalog, LineWindows windows) {
        return settings.logs().audit()
                ? Optional.of(new AuditLog(settings.logs(), KnownProjects.of(settings), PackWords.of(catalog), windows))
                : Optional.empty();
    }

    @Override
    public void ended(AuditedCall audited) {
        if (!LOG.isInfoEnabled() || audited.isWithoutSession()) {
            return;
        }
        @Nullable Reply reply = audited.reply();
        @Nullable
        Reason reason = reply instanceof Refusal refusal ? refusal.rejection().reason() : null;
        String outcome = outcome(audited);
        var kind = new Kind(audited.call().operation(), outcome, reason == null ? "none" : reason.name());
        if (audited.isDone() || refusals.isInFull(kind)) {
            write(audited, outcome, reason);
        }
    }

    private static String outcome(AuditedCall audited) {
        if (audited.isDone()) {
            return audited.contract().action() == Action.MAKE_SESSION ? "made" : "revoked";
        }
        if (audited.reply() == null) {
            return "unknown";
        }
        return audited.reply() instanceof Refusal ? "refused" : "provider_error";
    }

    private static void summedUp(Kind kind, String more) {
        LOG.atInfo()
                .addKeyValue("operation", kind.operation())
                .addKeyValue("outcome", kind.outcome())
                .addKeyValue("reason", kind.reason())
                .log("Session: {}", more);
    }

    private void write(AuditedCall audited, String outcome, @Nullable Reason reason) {
        @Nullable Reply reply = audited.reply();
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("request-id", audited.call().call().trail().requestId());
        line = with(line, "provider-request-id", words.providerRequestId(reply));
        line = line.addKeyValue("operation", audited.call().operation())
                .addKeyValue("action", audited.contract().action() == Action.MAKE_SESSION ? "make" : "revoke")
                .addKeyValue("outcome", outcome);
        line = with(line, "status", reply instanceof Answer answer ? (Object) answer.status() : null);
        line = with(line, "reason", reason);
        line = with(line, "fault", reason == null ? null : reason.fault());
        line = with(line, "reached-provider", reachedProvider(audited));
        line = with(line, "replayed", isReplayed(reply) ? true : null);
        line = with(line, "project", projects.told(audited.call().project(), reply));
        line = with(line, "caller", audited.call().call().callerName());
        line = with(line, "organization", HarmlessId.of(audited.organization().text()));
        line = with(
                line,
                "session",
                audited.session().isPresent() ? hash.of(audited.session().text()) : null);
        line.log("Session");
    }

    /** Of what was not done: whether the provider may have done it all the same; unknown of a call that was given up. */
    private static @Nullable Object reachedProvider(AuditedCall audited) {
        @Nullable Reply reply = audited.reply();
        if (reply == null) {
            return "unknown";
        }
        return reply instanceof Refusal ? reply.timing().sent() != 0 : null;
    }

    private static boolean isReplayed(@Nullable Reply reply) {
        return reply instanceof Answer answer && answer.headers().first(Idempotency.REPLAYED) != null;
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String key, @Nullable Object value) {
        return value == null ? line : line.addKeyValue(key, value);
    }
}

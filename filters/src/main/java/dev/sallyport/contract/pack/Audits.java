package dev.sallyport.contract.pack;

import dev.sallyport.contract.AuditContract;
import dev.sallyport.contract.AuditContract.Action;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.Catalog.AuditEntry;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Facts.Source;
import dev.sallyport.contract.rule.Fields;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles what an auditor is told of an operation's calls. */
record Audits(PackParts parts) {
    private static final Map<String, Action> ACTIONS =
            Map.of("make-session", Action.MAKE_SESSION, "revoke-session", Action.REVOKE_SESSION);

    /** @param fields to which those are added that it looks at */
    AuditContract of(String id, AuditEntry entry, Fields fields) {
        @Nullable Action action = ACTIONS.get(entry.action());
        if (action == null) {
            throw problem(id, "action", "must be make-session or revoke-session");
        }
        return new AuditContract(
                action,
                field(id, "session", entry.session(), Set.of(Source.REQUEST, Source.REPLY), fields),
                field(id, "organization", entry.organization(), Set.of(Source.REPLY), fields));
    }

    private @Nullable Field field(String id, String key, @Nullable String named, Set<Source> of, Fields fields) {
        if (named == null) {
            return null;
        }
        try {
            Field field = fields.field(named);
            if (of.contains(field.source())) {
                return field;
            }
        } catch (IllegalArgumentException none) {
            throw problem(id, key, String.valueOf(none.getMessage()));
        }
        throw problem(
                id, key, of.contains(Source.REQUEST) ? "must be of the request or the reply" : "must be of the reply");
    }

    private PackProblem problem(String id, String key, String message) {
        return parts.problem("operations." + id + ".audit." + key, message);
    }
}

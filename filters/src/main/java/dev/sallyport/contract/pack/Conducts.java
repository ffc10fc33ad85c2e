package dev.sallyport.contract.pack;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Conduct;
import dev.sallyport.contract.DoneBefore;
import dev.sallyport.contract.Repeatable;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.form.ReplyForm;
import dev.sallyport.contract.pack.Catalog.DoneBeforeEntry;
import dev.sallyport.contract.pack.Catalog.OperationEntry;
import dev.sallyport.contract.pack.Catalog.TokenKind;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.rejection.ErrorShape;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a catalog says of calls that go wrong, held against what its errors and replies can tell. */
final class Conducts {
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final String SOME_ID = "request-1";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final PackFiles files;
    private final Map<Integer, Set<String>> notCarriedOut;
    private final ErrorShape errors;
    private final Set<String> keyOperations;

    Conducts(PackFiles files, Catalog catalog, ErrorShape errors) {
        this.files = files;
        this.notCarriedOut = Objects.requireNonNullElse(catalog.notCarriedOut(), Map.of());
        this.errors = errors;
        this.keyOperations =
                Objects.requireNonNullElse(catalog.sessionTokens(), Map.<String, TokenKind>of()).values().stream()
                        .map(TokenKind::jwks)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Throws a {@link PackProblem} about what is wrong for every operation. */
    void check() {
        var found = new PackProblems();
        if (!notCarriedOut.isEmpty() && errors.typeAt().isEmpty()) {
            found.add(problem("not-carried-out", "cannot be told without an {error-type} in errors.body"));
        }
        notCarriedOut.keySet().stream()
                .filter(status -> status < 400 || status > 599)
                .forEach(status ->
                        found.add(problem("not-carried-out", "must be by statuses from 400 to 599, was " + status)));
        found.stopIfAny();
    }

    /**
     * The conduct of an operation's calls.
     *
     * @param schema of its replies
     */
    Conduct of(String id, OperationEntry entry, ReplyForm form, SchemaCheck schema) {
        @Nullable String named = entry.group();
        if (named != null && !GROUP.matcher(named).matches()) {
            throw problem(id, "group", "must be a name of up to 64 letters, digits, . _ and -, was " + named);
        }
        String group = named == null ? id : named;
        Repeatable repeatable = Objects.requireNonNullElse(entry.repeatable(), Repeatable.NEVER);
        @Nullable DoneBeforeEntry done = entry.doneBefore();
        return new Conduct(
                repeatable,
                notCarriedOut,
                done == null ? null : doneBefore(id, repeatable, done, form, schema),
                group,
                kept(id, entry));
    }

    /** Only of what asks for nothing but a look: what a call does, an earlier reply does not. */
    private @Nullable Duration kept(String id, OperationEntry entry) {
        @Nullable Duration kept = entry.kept();
        if (kept == null) {
            return null;
        }
        if (!entry.method().equals("GET") || entry.repeatable() != Repeatable.ALWAYS) {
            throw problem(id, "kept", "can only be said of a GET that is repeatable: always");
        }
        if (keyOperations.contains(id)) {
            throw problem(
                    id,
                    "kept",
                    "is not said of an operation that publishes session keys; the settings say how long those are kept");
        }
        if (kept.compareTo(SHORTEST) < 0 || kept.compareTo(LONGEST) > 0) {
            throw problem(id, "kept", "must be from PT1S to P30D, was " + kept);
        }
        return kept;
    }

    private DoneBefore doneBefore(
            String id, Repeatable repeatable, DoneBeforeEntry entry, ReplyForm form, SchemaCheck schema) {
        if (repeatable != Repeatable.ALWAYS) {
            throw problem(id, "done-before", "means nothing unless the operation is repeatable: always");
        }
        if (errors.typeAt().isEmpty() || errors.requestIdAt().isEmpty()) {
            throw problem(id, "done-before", "cannot be told without {error-type} and {request-id} in errors.body");
        }
        if (entry.status() < 400 || entry.status() > 499) {
            throw problem(id, "done-before.status", "must be from 400 to 499, was " + entry.status());
        }
        var done = new DoneBefore(entry.status(), entry.errorType(), entry.reply());
        boolean keepsContract = form.isSuccess(form.usualStatus())
                && schema.read(done.body(SOME_ID)) instanceof Document reply
                && reply.violations().isEmpty();
        if (!keepsContract) {
            throw problem(id, "done-before.reply", "breaks the operation's reply.schema.json");
        }
        return done;
    }

    private PackProblem problem(String operation, String member, String message) {
        return problem("operations." + operation + "." + member, message);
    }

    private PackProblem problem(String place, String message) {
        return new PackProblem(files.shown(Catalog.FILE), place, message);
    }
}

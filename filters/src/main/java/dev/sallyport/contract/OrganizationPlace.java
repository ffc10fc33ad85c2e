package dev.sallyport.contract;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.json.FoldedNames;
import dev.sallyport.rejection.Violation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of an operation name the organization that they are about.
 *
 * @param field of the body or the query; null if it is a step of the path
 * @param step of the path, by its name in the template; null if it is a field
 */
public record OrganizationPlace(
        @Nullable Field field, @Nullable String step) {
    /**
     * The organization as a call names it, and nothing that is read in it; null if it names none, or might name two. Modes of
     * contracts have no say in it: what only breaks the contract may go on to a provider that reads the other one.
     */
    public @Nullable String in(ReadCall call, Operation operation) {
        if (step != null) {
            return operation.template().step(step, path(call)).orElse(null);
        }
        if (field == null || !call.document().isObject() || isInDoubt(call, operation, field.pointer())) {
            return null;
        }
        Value value = call.document().value(field.slot());
        return value.kind() == Kind.STRING ? value.text() : null;
    }

    /** A query beside a body; a parameter that comes twice, in whatever way it is written; a name in another case. */
    private static boolean isInDoubt(ReadCall call, Operation operation, String pointer) {
        List<Violation> violations = call.document().violations();
        return operation.refusesQueryOf(call.call().target())
                || violations.size() >= SchemaCheck.MOST_VIOLATIONS // there may be more, which are not listed
                || violations.stream().anyMatch(violation -> isOnTheWay(violation.at(), pointer))
                || isTwiceInQuery(call.call().target(), pointer);
    }

    /** Parameters that a contract does not know are no violations, and a lenient reader may take the last of them for this one. */
    private static boolean isTwiceInQuery(String target, String pointer) {
        int query = target.indexOf('?');
        return query >= 0
                && Arrays.stream(target.substring(query + 1).split("&", -1))
                                .map(parameter ->
                                        '/' + URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8))
                                .filter(name -> leniently(name).equals(leniently(pointer)))
                                .count()
                        > 1;
    }

    private static boolean isOnTheWay(String at, String pointer) {
        return !at.isEmpty() && FoldedNames.folded(pointer + "/").startsWith(FoldedNames.folded(at + "/"));
    }

    /** In any case, as a list ({@code name[]}), or with other characters for those that are neither letters nor digits. */
    private static String leniently(String pointer) {
        return FoldedNames.folded(pointer).replaceAll("\\[[^/]*|[^\\p{L}\\p{N}/]", "");
    }

    private static String path(ReadCall call) {
        String target = call.call().target();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String toString() {
        return field == null ? "{" + step + "}" : field.name();
    }
}

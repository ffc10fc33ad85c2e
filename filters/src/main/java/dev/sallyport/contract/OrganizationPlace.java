package dev.sallyport.contract;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of an operation name the organization that they are about.
 *
 * @param field of the body or the query; null if it is a step of the path
 * @param step of the path, by its name in the template; null if it is a field
 */
public record OrganizationPlace(
        @Nullable Field field, @Nullable String step) {
    /** The organization as a call names it, and nothing that is read in it; null if it names none. */
    public @Nullable String in(ReadCall call, Operation operation) {
        if (step != null) {
            return operation.template().step(step, path(call)).orElse(null);
        }
        if (field == null || !call.document().isObject()) {
            return null;
        }
        Value value = call.document().value(field.slot());
        return value.kind() == Kind.STRING ? value.text() : null;
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

package dev.sallyport.contract.file;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a file of a pack, in the words of its format and not of the library that reads it. */
public final class MappingProblem {
    private MappingProblem() {}

    public static String of(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "has an unknown key " + unknown.getPropertyName() + "; known are "
                    + listed(unknown.getKnownPropertyIds());
        }
        if (failure instanceof InvalidTypeIdException unknown) {
            return "has no such kind of rule: " + unknown.getTypeId();
        }
        if (failure instanceof ValueInstantiationException invalid && invalid.getCause() != null) {
            return String.valueOf(invalid.getCause().getMessage());
        }
        if (failure instanceof InvalidFormatException invalid) {
            return "has " + invalid.getValue() + at(invalid) + ", which " + why(invalid.getTargetType());
        }
        if (failure instanceof InvalidNullException nothing) {
            return "has nothing where something was expected" + at(nothing);
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "has a value of another kind than was expected" + at(mismatch);
        }
        return JacksonWords.of(failure);
    }

    private static String why(@Nullable Class<?> wanted) {
        Object @Nullable [] constants = wanted == null ? null : wanted.getEnumConstants();
        return constants == null ? "cannot be read" : "is none of " + listed(List.of(constants));
    }

    /** The way to the value, as a person would write it. */
    private static String at(JacksonException failure) {
        String way = failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return way.isEmpty() ? "" : " at " + way.substring(way.startsWith(".") ? 1 : 0);
    }

    private static String listed(@Nullable Collection<Object> keys) {
        return keys == null
                ? "none"
                : keys.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
}

package dev.sallyport.gateway.settings.problem;

import dev.sallyport.contract.file.Printable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing wrong with the settings; told in one line, without a control character.
 *
 * @param key the full key; empty if it is about the file
 * @param place file, line and column, or the source's name; empty if unknown
 * @param message what is wrong and what was expected
 */
public record SettingsProblem(String key, String place, String message) {
    @Override
    public String toString() {
        return Printable.of(
                Stream.of(place, key, message).filter(part -> !part.isEmpty()).collect(Collectors.joining(": ")));
    }
}

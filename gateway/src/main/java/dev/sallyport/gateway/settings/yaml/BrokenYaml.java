package dev.sallyport.gateway.settings.yaml;

import dev.sallyport.contract.file.FileFailure;
import dev.sallyport.contract.file.YamlProblem;
import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.scanner.ScannerException;

/** What is wrong with text that is no YAML, without what the library quotes of it, which may be a secret. */
final class BrokenYaml {
    private BrokenYaml() {}

    static SettingsException exception(Resource file, YAMLException broken) {
        if (broken instanceof MarkedYAMLException marked) {
            return of(problem(YamlPlace.of(file, marked.getProblemMark()), words(marked)));
        }
        return broken.getCause() instanceof IOException failed && !(failed instanceof CharacterCodingException)
                ? unreadable(file, failed)
                : of(problem(PropertyOrigins.of(file), YamlProblem.ofCharacter()));
    }

    /** A file that cannot be read, which may pass although the file stays as it is. */
    static SettingsException unreadable(Resource file, IOException failure) {
        var problem =
                new SettingsProblem("", PropertyOrigins.of(file), "cannot be read: " + FileFailure.words(failure));
        return new SettingsException(problem, failure);
    }

    private static SettingsException of(SettingsProblem problem) {
        return new SettingsException(List.of(problem));
    }

    private static SettingsProblem problem(String place, String why) {
        return new SettingsProblem("", place, why);
    }

    private static String words(MarkedYAMLException broken) {
        return YamlProblem.of(
                broken.getProblem(), broken instanceof ParserException || broken instanceof ScannerException);
    }
}

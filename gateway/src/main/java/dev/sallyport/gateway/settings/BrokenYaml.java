package dev.sallyport.gateway.settings;

import dev.sallyport.contract.FileFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.scanner.ScannerException;

/** Reads a settings file as Spring will, and before it does: of broken YAML, Spring says no file. */
public final class BrokenYaml {
    private BrokenYaml() {}

    /** Throws a {@link SettingsException} with the place if the file is there and is no YAML. */
    public static void lookFor(Path file) {
        if (!Files.isReadable(file)) {
            return;
        }
        try {
            new YamlPropertySourceLoader().load("settings", new FileSystemResource(file));
        } catch (MarkedYAMLException broken) {
            throw broken(file, broken.getProblemMark(), words(broken));
        } catch (YAMLException noText) {
            throw unreadable(
                    file, noText.getCause() instanceof IOException failed ? failed : new CharacterCodingException());
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static SettingsException unreadable(Path file, IOException failure) {
        if (failure instanceof CharacterCodingException) {
            return broken(file, null, "it has a character that may not be there");
        }
        var problem = new SettingsProblem("", Places.of(file), "cannot be read: " + FileFailure.words(failure));
        return new SettingsException(problem, failure);
    }

    /** The library's words, without what they quote of the file, which may be a secret. */
    static String words(MarkedYAMLException broken) {
        String problem = String.valueOf(broken.getProblem());
        boolean isOfTheGrammar = (broken instanceof ParserException || broken instanceof ScannerException)
                && !problem.startsWith("found undefined");
        return isOfTheGrammar ? problem.split(", but ", 2)[0] : "it has an alias or a tag that settings do not take";
    }

    private static SettingsException broken(Path file, @Nullable Mark at, String why) {
        String place = Places.of(file) + (at == null ? "" : ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1));
        return new SettingsException(List.of(new SettingsProblem("", place, "is not YAML: " + why)));
    }
}

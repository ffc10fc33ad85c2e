package dev.sallyport.contract.file;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What is wrong with text that is not YAML, in a line, and without what the libraries quote of it, which may be a secret. Packs
 * and settings are read by different libraries, which descend from one and say the same.
 */
public final class YamlProblem {
    private YamlProblem() {}

    /** The words for text with a character that YAML does not have, or that is not UTF-8. */
    public static String ofCharacter() {
        return "is not YAML: it has a character that may not be there";
    }

    /**
     * The words for a mistake that has a place.
     *
     * @param problem the library's own words
     * @param isOfTheGrammar whether they come from its scanner or parser, and not from what makes values of the text
     */
    public static String of(@Nullable String problem, boolean isOfTheGrammar) {
        String said = String.valueOf(problem);
        return "is not YAML: "
                + (isOfTheGrammar && !said.startsWith("found undefined")
                        ? said.split(", but ", 2)[0]
                        : "it has an alias or a tag that is not supported here");
    }

    /** The words for what the library of packs and imported documents throws. */
    public static String of(YamlEngineException broken) {
        if (broken instanceof DuplicateKeyException) {
            return "is not YAML: it has two members of the same name in one object";
        }
        if (broken instanceof ComposerException composed
                && String.valueOf(composed.getProblem()).contains("another document")) {
            return "is not one YAML document: a second one begins";
        }
        return broken instanceof MarkedYamlEngineException marked
                ? of(marked.getProblem(), marked instanceof ParserException || marked instanceof ScannerException)
                : ofCharacter();
    }

    /** Where that is, as {@code line 3, column 7}; empty if it has no place. */
    public static String place(YamlEngineException broken) {
        Optional<Mark> mark =
                broken instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
        return mark.map(at -> "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1))
                .orElse("");
    }
}

package dev.sallyport.tools.openapi.document;

import dev.sallyport.contract.file.JacksonWords;
import dev.sallyport.contract.file.YamlProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of a document as a tree: JSON if it begins like an object, else YAML 1.2. YAML is read by its own library and not
 * by Jackson's tree reader, which takes an alias for a text.
 */
final class DocumentText {
    private static final int LONGEST_YAML = 64 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DocumentText() {}

    /** @param file how messages call it */
    static JsonNode tree(byte[] bytes, String file) {
        String text = text(bytes, file);
        return text.stripLeading().startsWith("{") ? json(text, file) : yaml(text, file);
    }

    private static String text(byte[] bytes, String file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new DocumentProblem(file, "", "must be UTF-8, and is not");
        }
    }

    private static JsonNode json(String text, String file) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException broken) {
            var location = broken.getLocation();
            String place = location == null ? "" : place(location.getLineNr(), location.getColumnNr());
            throw new DocumentProblem(file, place, "is not JSON: " + JacksonWords.of(broken));
        } catch (ArithmeticException | NumberFormatException absurd) {
            throw new DocumentProblem(file, "", "has a number that is out of all bounds");
        }
    }

    private static JsonNode yaml(String text, String file) {
        var settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(LONGEST_YAML)
                .setMaxAliasesForCollections(Integer.MAX_VALUE) // what they stand for is bounded
                .build();
        try {
            requireModest(new Parse(settings).parseString(text), file);
            @Nullable Object loaded = new Load(settings).loadFromString(text);
            return JSON.valueToTree(loaded);
        } catch (YamlEngineException broken) {
            throw new DocumentProblem(file, YamlProblem.place(broken), YamlProblem.of(broken));
        } catch (JacksonException broken) {
            throw new DocumentProblem(file, "", "is not YAML that JSON could say: it has a key that is no text");
        }
    }

    private static void requireModest(Iterable<Event> events, String file) {
        var extent = new YamlExtent();
        for (Event event : events) {
            @Nullable String problem = extent.problemWith(event);
            if (problem != null) {
                String place = event.getStartMark()
                        .map(mark -> place(mark.getLine() + 1, mark.getColumn() + 1))
                        .orElse("");
                throw new DocumentProblem(file, place, problem);
            }
        }
    }

    private static String place(int line, int column) {
        return "line " + line + ", column " + column;
    }
}

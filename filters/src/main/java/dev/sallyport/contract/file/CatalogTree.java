package dev.sallyport.contract.file;

import dev.sallyport.json.Pointers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * A catalog as it was written, before it is known what its keys mean, with the place of everything in it.
 *
 * @param places by JSON Pointer
 */
public record CatalogTree(ObjectNode root, NavigableMap<String, Place> places) {
    /** The form of packs that this release reads; left out, a pack is in it. */
    private static final int FORMAT = 1;

    /** What a catalog says of itself, and not of the provider. */
    public static final List<String> OF_ITSELF = List.of("format", "extends", "remove", "replace");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * A place in a file.
     *
     * @param file as messages call it
     * @param at line and column; empty if it is the whole
     */
    public record Place(String file, String at) {}

    /**
     * Reads a catalog.
     *
     * @param shown how messages call it
     */
    static CatalogTree read(byte[] text, String shown) {
        try {
            NavigableMap<String, Place> places = places(text, shown);
            @Nullable JsonNode root = YAML.readTree(text);
            if (root == null || root.isMissingNode() || root.isNull()) {
                throw new PackProblem(shown, "", "is empty");
            }
            if (!(root instanceof ObjectNode object)) {
                throw new PackProblem(shown, "", "has a value of another kind than was expected");
            }
            var tree = new CatalogTree(object, places);
            tree.requireFormat();
            return tree;
        } catch (JacksonException broken) {
            if (broken.getCause() instanceof YamlEngineException noYaml) {
                throw new PackProblem(shown, YamlProblem.place(noYaml), YamlProblem.of(noYaml));
            }
            throw new PackProblem(shown, place(broken.getLocation()), MappingProblem.of(broken));
        }
    }

    /** The parser hands on an alias as a text, which is the alias's name. */
    private static NavigableMap<String, Place> places(byte[] text, String shown) {
        NavigableMap<String, Place> places = new TreeMap<>();
        places.put("", new Place(shown, ""));
        try (JsonParser parser = YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String at = place(parser.currentTokenLocation());
                if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                    throw new PackProblem(
                            shown, at, "has an alias, *" + parser.getString() + "; write what it stands for");
                }
                if (!token.isStructEnd()) {
                    places.putIfAbsent(
                            parser.streamReadContext().pathAsPointer().toString(), new Place(shown, at));
                }
            }
        }
        return places;
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private void requireFormat() {
        JsonNode format = root.path("format");
        if (!format.isMissingNode() && !(format.isIntegralNumber() && format.asLong(0) == FORMAT)) {
            throw problem("/format", "is a pack of another format; this release reads format " + FORMAT);
        }
    }

    /** The same as a pack that extends no other. */
    CatalogTree standingAlone() {
        for (String key : List.of("remove", "replace")) {
            if (root.has(key)) {
                throw problem("/" + key, key + " means nothing in a pack that extends none");
            }
        }
        return ofTheProvider();
    }

    /** The same without what it says of itself. */
    CatalogTree ofTheProvider() {
        ObjectNode rest = root.deepCopy();
        rest.remove(OF_ITSELF);
        return new CatalogTree(rest, places);
    }

    /** The texts of a list at the top, by their pointers; none if it is not there. */
    Map<String, String> texts(String pointer) {
        JsonNode list = root.at(pointer);
        if (list.isMissingNode()) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (int index = 0; index < list.size(); index++) {
            if (list.isArray() && list.get(index).isString()) {
                texts.put(pointer + "/" + index, list.get(index).stringValue());
            }
        }
        if (!list.isArray() || texts.size() != list.size()) {
            throw problem(pointer, "must be a list of texts");
        }
        return texts;
    }

    /** What is wrong at a pointer, told with the nearest place that is known. */
    public PackProblem problem(String pointer, String message) {
        String at = pointer;
        while (!at.isEmpty() && !places.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        Place place = Objects.requireNonNull(places.get(at));
        return new PackProblem(place.file(), place.at(), message);
    }

    /** The places of all that stands below a pointer. */
    static NavigableMap<String, Place> below(NavigableMap<String, Place> places, String pointer) {
        return places.subMap(pointer + "/", true, pointer + "0", false); // the character behind the slash
    }

    /** Where the library met something that it could not map, as a pointer. */
    public static String pointer(JacksonException broken) {
        var pointer = new StringBuilder();
        broken.getPath()
                .forEach(step -> pointer.append('/')
                        .append(
                                step.getPropertyName() == null
                                        ? Integer.toString(step.getIndex())
                                        : Pointers.escaped(step.getPropertyName())));
        if (broken instanceof InvalidTypeIdException unknown) {
            pointer.append('/').append(Pointers.escaped(String.valueOf(unknown.getTypeId())));
        }
        return pointer.toString();
    }
}

package dev.sallyport.contract.schema.file;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import dev.sallyport.contract.file.JacksonWords;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.schema.pattern.LinearPattern;
import dev.sallyport.json.Pointers;
import dev.sallyport.json.Rfc3339;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NumericNode;

/**
 * The schema files of a pack, each read once and held against the meta-schema of JSON Schema 2020-12. A {@code $ref} leads
 * only to files of the same pack; nothing is ever fetched.
 */
public final class SchemaFiles {
    /** The one format that is asserted, by a house rule: a time that is none would let rules about times say nothing. */
    public static final String DATE_TIME = "date-time";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String INSIDE = "https://pack.invalid/";

    private final PackFiles files;
    private final Map<String, JsonNode> read = new HashMap<>();
    private final Map<String, PackProblem> broken = new HashMap<>();
    private final boolean tried;
    private @Nullable SchemaRegistry registry;
    private @Nullable PackProblem followed;

    /** Holds each file against the meta-schema. */
    public SchemaFiles(PackFiles files) {
        this(files, false);
    }

    /**
     * Holds each file against the meta-schema, unless that was done before.
     *
     * @param tried when the very same files were built
     */
    public SchemaFiles(PackFiles files, boolean tried) {
        this.files = files;
        this.tried = tried;
    }

    /** The library's own reading takes other texts than {@link Rfc3339}. */
    private static final class DateTimeFormat implements Format {
        @Override
        public boolean matches(ExecutionContext context, String text) {
            return Rfc3339.instant(text) != null;
        }

        @Override
        public String getName() {
            return DATE_TIME;
        }
    }

    /** A place in a file: the file and a JSON Pointer. */
    public record Place(String file, String pointer) {
        @Override
        public String toString() {
            return file + "#" + pointer;
        }

        /** The place of a member or item of what is here. */
        public Place below(String step) {
            return new Place(file, pointer + "/" + Pointers.escaped(step));
        }
    }

    /** The file as a tree; a schema by the meta-schema's word. */
    public JsonNode file(String file) {
        JsonNode known = read.get(file);
        if (known != null) {
            return known;
        }
        if (broken.containsKey(file)) {
            throw broken.get(file);
        }
        try {
            known = checked(file, parsed(file));
        } catch (PackProblem problem) {
            broken.put(file, problem);
            throw problem;
        }
        read.put(file, known);
        return known;
    }

    /** Follows a {@code $ref} that stands in a file. */
    public Place resolve(Place from, String ref) {
        int hash = ref.indexOf('#');
        String file = hash < 0 ? ref : ref.substring(0, hash);
        String pointer = hash < 0 ? "" : unescaped(from, ref.substring(hash + 1));
        String target = file.isEmpty() ? from.file() : beside(from, file);
        var place = new Place(target, pointer);
        if (at(place) == null) {
            throw problem(from.below("$ref"), "leads nowhere: " + ref);
        }
        return place;
    }

    /** Throws a {@link PackProblem} if a {@code $ref} leads to another file, and there is none. */
    public void requireFile(Place from, String ref) {
        int hash = ref.indexOf('#');
        String file = hash < 0 ? ref : ref.substring(0, hash);
        if (!file.isEmpty()) {
            beside(from, file);
        }
    }

    /** A fragment is part of a URI, so percent signs stand for bytes; a plus is a plus. */
    private String unescaped(Place from, String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw problem(from.below("$ref"), "is not a URI reference: " + fragment);
        }
    }

    /** The schema at a place, or null. */
    public @Nullable JsonNode at(Place place) {
        if (!place.pointer().isEmpty() && !place.pointer().startsWith("/")) {
            return null;
        }
        JsonNode node = file(place.file()).at(place.pointer());
        return node.isMissingNode() ? null : node;
    }

    /** What stands at a place that {@link #place} gave; null if that is none of a file. */
    public @Nullable JsonNode keyword(String place) {
        int hash = place.indexOf('#');
        if (hash < 0 || !read.containsKey(place.substring(0, hash))) {
            return null;
        }
        return at(new Place(place.substring(0, hash), place.substring(hash + 1)));
    }

    public PackProblem problem(Place place, String message) {
        return new PackProblem(files.shown(place.file()), "#" + place.pointer(), message);
    }

    /** A place in the library's words, in ours: where the keyword stands, not how a value led there. */
    public static String place(SchemaLocation location) {
        String place = location.toString();
        return place.startsWith(INSIDE) ? place.substring(INSIDE.length()) : place;
    }

    /** The library's compiled form of a schema file, for what the one-pass check does not cover. */
    public Schema library(String file) {
        try {
            Schema schema = registry().getSchema(SchemaLocation.of(INSIDE + file));
            schema.initializeValidators();
            probe(schema);
            return schema;
        } catch (StackOverflowError circle) {
            throw new PackProblem(files.shown(file), "", "leads in a circle, to no schema");
        } catch (SchemaException broken) {
            if (followed != null) {
                throw followed;
            }
            throw new PackProblem(files.shown(file), "", "cannot be compiled: " + broken.getMessage());
        }
    }

    /** The library follows some references only when it meets a value: better now than in a call. */
    private static void probe(Schema schema) {
        for (String value : new String[] {"null", "true", "1", "\"\"", "[]", "{}"}) {
            schema.validate(JSON.readTree(value));
        }
    }

    /** The library's; made when it is first asked, as most packs never do. */
    private SchemaRegistry registry() {
        if (registry == null) {
            registry = SchemaRegistry.withDialect(
                    dialect(),
                    builder -> builder.schemas(this::textInside)
                            .nodeReader(new ExactBounds())
                            .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .regularExpressionFactory(LinearPattern::new)
                                    .build()));
        }
        return registry;
    }

    /** Draft 2020-12, in which one format is asserted, by our own reading of it; all others are notes. */
    private static Dialect dialect() {
        return Dialect.builder(Dialects.getDraft202012())
                .formats(formats -> {
                    formats.clear();
                    formats.put(DATE_TIME, new DateTimeFormat());
                })
                .build();
    }

    private String beside(Place from, String file) {
        if (file.contains(":") || file.startsWith("/") || file.indexOf('\0') >= 0) {
            throw problem(from.below("$ref"), "may only lead to a file of this pack, was " + file);
        }
        var path = java.nio.file.Path.of(from.file())
                .resolveSibling(file.replace('\\', '/'))
                .normalize();
        String target = path.toString().replace('\\', '/');
        if (target.startsWith("..") || !files.has(target)) {
            throw problem(from.below("$ref"), "leads to no file of this pack: " + file);
        }
        return target;
    }

    private JsonNode parsed(String file) {
        try {
            JsonNode schema = JSON.readTree(files.read(file));
            if (schema.isMissingNode()) {
                throw new PackProblem(files.shown(file), "", "is empty");
            }
            return schema;
        } catch (JacksonException broken) {
            var location = broken.getLocation();
            String place =
                    location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw new PackProblem(files.shown(file), place, "is not JSON: " + JacksonWords.of(broken));
        }
    }

    private JsonNode checked(String file, JsonNode schema) {
        if (tried) {
            return schema;
        }
        var found = new PackProblems();
        finite(new Place(file, ""), schema, found);
        found.stopIfAny();
        Set<String> places = new HashSet<>(); // the ways in which one value is wrong are one mistake
        for (Error error : MetaSchema.errors(schema)) {
            String pointer = error.getInstanceLocation().toString();
            if (places.add(pointer)) {
                found.add(problem(new Place(file, pointer), "is not a JSON Schema: " + error.getMessage()));
            }
        }
        new SchemaRestrictions((place, message) -> found.add(problem(place, message)))
                .check(new Place(file, ""), schema);
        found.stopIfAny();
        return schema;
    }

    /** The library compares with doubles, and takes what is beyond them for something else than a number. */
    private void finite(Place place, JsonNode value, PackProblems found) {
        if (value instanceof NumericNode number && number.isNaN()) {
            found.add(problem(place, "is a number that is out of all bounds"));
        }
        value.forEachEntry((name, member) -> finite(place.below(name), member, found));
        for (int index = 0; value.isArray() && index < value.size(); index++) {
            finite(place.below(Integer.toString(index)), value.get(index), found);
        }
    }

    /** Also what the library follows on its own is checked as any other file. */
    private @Nullable String textInside(String iri) {
        String file = iri.startsWith(INSIDE) ? iri.substring(INSIDE.length()) : "";
        if (!files.has(file)) {
            return null;
        }
        try {
            file(file);
        } catch (PackProblem problem) {
            followed = problem; // the library would only say that there is no such file
            throw problem;
        }
        return new String(files.read(file), StandardCharsets.UTF_8);
    }
}

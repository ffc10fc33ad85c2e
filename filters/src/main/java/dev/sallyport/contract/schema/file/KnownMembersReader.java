package dev.sallyport.contract.schema.file;

import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads from schema files, as they are written, which members they name; so those which the library checks are read as well.
 * What is known of one value is known by a set of schemas, all those that may speak of it.
 */
public final class KnownMembersReader {
    private static final List<String> SAME_VALUE = List.of("if", "then", "else");
    private static final List<String> SAME_VALUE_EACH = List.of("allOf", "anyOf", "oneOf", "dependentSchemas");
    private static final List<String> ITEMS = List.of("items", "contains");

    private final SchemaFiles files;
    private final Map<Set<Place>, KnownMembers> read = new HashMap<>();

    public KnownMembersReader(SchemaFiles files) {
        this.files = files;
    }

    /** The members that a schema file names. */
    public KnownMembers of(String file) {
        return known(Set.of(new Place(file, "")));
    }

    private KnownMembers known(Set<Place> roots) {
        Set<Place> schemas = allOfOneValue(roots);
        KnownMembers earlier = read.get(schemas);
        if (earlier != null) {
            return earlier;
        }
        var known = new KnownMembers();
        read.put(schemas, known); // before it is filled: a schema may lead back to itself
        fill(known, schemas);
        return known;
    }

    private void fill(KnownMembers known, Set<Place> schemas) {
        Map<String, Set<Place>> members = new LinkedHashMap<>();
        Set<Place> items = new LinkedHashSet<>();
        for (Place place : schemas) {
            JsonNode schema = node(place);
            for (String name : schema.path("properties").propertyNames()) {
                members.computeIfAbsent(name, ignored -> new LinkedHashSet<>())
                        .add(place.below("properties").below(name));
            }
            schema.path("required")
                    .forEach(name -> members.computeIfAbsent(name.asString(), ignored -> new LinkedHashSet<>()));
            types(known, schema.path("type"));
            ITEMS.stream().filter(schema::has).forEach(keyword -> items.add(place.below(keyword)));
            items.addAll(each(place, "prefixItems"));
            if (schema.has("patternProperties")) {
                known.namesByPattern();
            }
        }
        members.forEach((name, places) -> known.member(name, known(places)));
        if (!items.isEmpty()) {
            known.items(known(items));
        }
    }

    private static void types(KnownMembers known, JsonNode type) {
        if (type.isString()) {
            known.type(type.asString());
        }
        type.forEach(each -> known.type(each.asString()));
    }

    /** Through references and alternatives: every schema that may speak of the same value. */
    private Set<Place> allOfOneValue(Set<Place> roots) {
        Set<Place> all = new LinkedHashSet<>();
        Deque<Place> next = new ArrayDeque<>(roots);
        while (!next.isEmpty()) {
            Place place = next.pop();
            if (all.add(place)) {
                JsonNode schema = node(place);
                referred(place, schema).ifPresent(next::add);
                SAME_VALUE.stream().filter(schema::has).forEach(keyword -> next.add(place.below(keyword)));
                SAME_VALUE_EACH.forEach(keyword -> next.addAll(each(place, keyword)));
            }
        }
        return all;
    }

    /** A reference that only the library can follow names nothing here; one that leads nowhere, the compiler refuses. */
    private Optional<Place> referred(Place place, JsonNode schema) {
        try {
            return schema.has("$ref")
                    ? Optional.of(files.resolve(place, schema.get("$ref").asString()))
                    : Optional.empty();
        } catch (PackProblem notByPointer) {
            return Optional.empty();
        }
    }

    private Set<Place> each(Place place, String keyword) {
        JsonNode schemas = node(place).path(keyword);
        Set<Place> places = new LinkedHashSet<>();
        for (int index = 0; schemas.isArray() && index < schemas.size(); index++) {
            places.add(place.below(keyword).below(Integer.toString(index)));
        }
        for (String name : schemas.propertyNames()) {
            places.add(place.below(keyword).below(name));
        }
        return places;
    }

    private JsonNode node(Place place) {
        JsonNode schema = files.at(place);
        if (schema == null) {
            throw files.problem(place, "is no schema");
        }
        return schema;
    }
}

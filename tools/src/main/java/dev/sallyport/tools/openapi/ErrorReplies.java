package dev.sallyport.tools.openapi;

import dev.sallyport.json.Pointers;
import dev.sallyport.tools.openapi.document.ImportOptions.Errors;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.MediaTypes;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the errors of a document look like. SDKs read a refusal of the gateway only if it looks the same, and what a member means no
 * schema says: so it is asked for, with what its name makes likely, and not guessed.
 */
final class ErrorReplies {
    private static final int DEEPEST = 3;
    private static final Map<String, String> LIKELY = Map.ofEntries(
            Map.entry("status", "{status}"),
            Map.entry("statuscode", "{status}"),
            Map.entry("httpstatus", "{status}"),
            Map.entry("requestid", "{request-id}"),
            Map.entry("traceid", "{request-id}"),
            Map.entry("correlationid", "{request-id}"),
            Map.entry("errortype", "{error-type}"),
            Map.entry("errorcode", "{error-type}"),
            Map.entry("code", "{error-type}"),
            Map.entry("type", "{error-type}"),
            Map.entry("error", "{error-type}"),
            Map.entry("reason", "{error-type}"),
            Map.entry("message", "{message}"),
            Map.entry("errormessage", "{message}"),
            Map.entry("errordescription", "{message}"),
            Map.entry("description", "{message}"),
            Map.entry("detail", "{message}"),
            Map.entry("title", "{message}"),
            Map.entry("errorurl", "{error-url}"),
            Map.entry("helpurl", "{error-url}"),
            Map.entry("documentationurl", "{error-url}"),
            Map.entry("moreinfo", "{error-url}"));

    private final OpenApiDocument document;
    private final Notes notes;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Member> members = new TreeMap<>();
    private @Nullable JsonCursor first;
    private int schemas;

    ErrorReplies(OpenApiDocument document, Notes notes) {
        this.document = document;
        this.notes = notes;
    }

    /** A member of errors that is no object itself. */
    private static final class Member {
        private boolean isNumber;
        private int requiredIn;
    }

    /** Looks at the errors of an operation. */
    void of(JsonCursor operation) {
        boolean hasSuccess = operation.below("responses").children().stream()
                .anyMatch(reply -> reply.name().startsWith("2"));
        for (JsonCursor reply : operation.below("responses").children()) {
            if (reply.name().matches("[45].*") || (hasSuccess && reply.name().equals("default"))) {
                document.followed(reply)
                        .flatMap(there -> MediaTypes.json(there.below("content")))
                        .flatMap(media -> document.followed(media.below("schema")))
                        .filter(schema -> schema.isThere() && seen.add(schema.pointer()))
                        .ifPresent(this::schema);
            }
        }
    }

    private void schema(JsonCursor schema) {
        Map<String, Member> found = new LinkedHashMap<>();
        Set<String> required = new HashSet<>();
        collect(schema, "", true, 0, found, required);
        if (found.isEmpty()) {
            return;
        }
        schemas++;
        first = first == null ? schema : first;
        found.forEach((pointer, member) -> {
            Member known = members.computeIfAbsent(pointer, none -> member);
            known.requiredIn += required.contains(pointer) ? 1 : 0;
        });
    }

    private void collect(
            JsonCursor schema,
            String at,
            boolean isRequired,
            int depth,
            Map<String, Member> found,
            Set<String> required) {
        if (depth > DEEPEST) {
            return;
        }
        Set<String> names = new HashSet<>();
        schema.node().path("required").forEach(name -> names.add(name.asString("")));
        for (JsonCursor part : schema.below("allOf").children()) {
            document.followed(part).ifPresent(there -> collect(there, at, isRequired, depth + 1, found, required));
        }
        for (JsonCursor property : schema.below("properties").children()) {
            String pointer = at + "/" + Pointers.escaped(property.name());
            boolean always = isRequired && names.contains(property.name());
            Optional<JsonCursor> there = document.followed(property);
            if (there.filter(it -> it.has("properties") || it.has("allOf")).isPresent()) {
                collect(there.get(), pointer, always, depth + 1, found, required);
            } else if (there.isPresent()) {
                var member = new Member();
                String type = there.get().text("type");
                member.isNumber = type.equals("integer") || type.equals("number");
                found.put(pointer, member);
                if (always) {
                    required.add(pointer);
                }
            }
        }
        names.stream()
                .filter(name -> isRequired && found.containsKey(at + "/" + Pointers.escaped(name)))
                .forEach(name -> required.add(at + "/" + Pointers.escaped(name)));
    }

    /** Asks for what was not given, and tells what of the given does not fit. */
    void ask(Errors given) {
        JsonCursor place = first == null ? document.root().below("paths") : first;
        if (members.isEmpty()) {
            if (given.members().isEmpty()) {
                notes.asked(
                        place,
                        "what do errors look like? The document does not say. Refusals are problems of RFC 9457 unless"
                                + " --error-member says otherwise, such as --error-member /code={error-type}");
            }
        } else if (given.members().isEmpty()) {
            notes.asked(place, question(members.keySet()));
        } else {
            check(given, place);
        }
    }

    private String question(Set<String> pointers) {
        List<String> unknown = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String pointer : pointers) {
            @Nullable String likely = likely(pointer);
            if (likely == null) {
                unknown.add(pointer);
            } else {
                options.add("--error-member " + pointer + "=" + likely);
            }
        }
        String first = options.isEmpty()
                ? "what stands in its errors? SDKs read refusals that look the same: --error-member POINTER=TEXT"
                : "do these say what stands in its errors? SDKs read refusals that look the same: "
                        + String.join(" ", options);
        return unknown.isEmpty() ? first : first + "; and what in " + String.join(", ", unknown) + "?";
    }

    private @Nullable String likely(String pointer) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[_-]", "");
        @Nullable String likely = LIKELY.get(name);
        boolean isNumber = members.containsKey(pointer) && members.get(pointer).isNumber;
        if (!isNumber) {
            return likely;
        }
        return name.contains("status") || name.equals("code") ? "{status}" : null;
    }

    private void check(Errors given, JsonCursor place) {
        Set<String> missing = members.entrySet().stream()
                .filter(member -> member.getValue().requiredIn == schemas
                        && !given.members().containsKey(member.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        if (!missing.isEmpty()) {
            notes.asked(place, "all its errors have more than was said; " + question(missing));
        }
        for (String pointer : given.members().keySet()) {
            @Nullable Member member = members.get(pointer);
            if (member == null) {
                notes.asked(place, "is " + pointer + " in its errors? The document has no such member");
            } else if (member.requiredIn < schemas) {
                notes.takenAs(
                        place, pointer + " need not be there; an error of the provider without it breaks the contract");
            }
        }
    }
}

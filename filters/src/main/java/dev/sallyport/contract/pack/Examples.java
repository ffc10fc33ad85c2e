package dev.sallyport.contract.pack;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.file.MappingProblem;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.json.QueryText;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples of one operation: each says what it shows, and a refused one names the violations that it must give. An
 * example that does something else stops the start: a contract without an example is not understood.
 */
final class Examples {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final PackFiles files;
    private final Contract contract;

    Examples(PackFiles files, Contract contract) {
        this.files = files;
        this.contract = contract;
    }

    /** One example file. */
    record Example(
            String about,
            @Nullable JsonNode request,
            @Nullable JsonNode reply,
            @Nullable JsonNode token,
            @Nullable Integer status,
            @Nullable String project,
            @Nullable List<Expected> violations,
            @Nullable List<Expected> reported) {}

    /** One violation that an example must give. */
    record Expected(String in, String at, String keyword) {
        @Override
        public String toString() {
            return in + " " + (at.isEmpty() ? "(whole)" : at) + " " + keyword;
        }
    }

    /** Tries all and notes those that do something else; returns how many there are. */
    int tryAll(PackProblems found) {
        String folder = contract.operation().id() + "/examples/";
        List<String> accepted = files.jsonFilesIn(folder + "accepted");
        List<String> refused = files.jsonFilesIn(folder + "refused");
        accepted.forEach(file -> found.during(() -> tryOne(file, true)));
        refused.forEach(file -> found.during(() -> tryOne(file, false)));
        return accepted.size() + refused.size();
    }

    /** Reads those of an operation whose contract is wrong, which cannot be tried: they may be wrong as well. */
    static void readAll(PackFiles files, String operation) {
        var found = new PackProblems();
        Stream.of("accepted", "refused")
                .flatMap(kind -> files.jsonFilesIn(operation + "/examples/" + kind).stream())
                .forEach(file -> found.during(() -> read(files, file)));
        found.stopIfAny();
    }

    private void tryOne(String file, boolean accepted) {
        Example example = read(files, file);
        List<Expected> listed = Objects.requireNonNullElse(example.violations(), List.<Expected>of());
        if (accepted != listed.isEmpty()) {
            throw problem(file, accepted ? "is accepted and lists violations" : "is refused and lists no violation");
        }
        var found = new Found();
        look(file, example, found);
        compare(file, "", listed, found.violations);
        if (example.reported() != null) {
            compare(file, "in reported, ", example.reported(), found.reported);
        }
    }

    private void compare(String file, String where, List<Expected> listed, List<Expected> given) {
        Set<String> expected = texts(listed);
        Set<String> found = texts(given);
        if (!expected.equals(found)) {
            throw problem(file, where + "must give " + shown(expected) + ", gives " + shown(found));
        }
    }

    private static Example read(PackFiles files, String file) {
        try {
            @Nullable Example example = JSON.readValue(files.read(file), Example.class);
            if (example == null) {
                throw new PackProblem(files.shown(file), "", "is no example: null");
            }
            return example;
        } catch (JacksonException broken) {
            var location = broken.getLocation();
            String place = location == null ? "" : "line " + location.getLineNr();
            throw new PackProblem(files.shown(file), place, "is no example: " + MappingProblem.of(broken));
        }
    }

    /** What an example gives: violations that refuse, and those that are only counted. */
    private static final class Found {
        private final List<Expected> violations = new ArrayList<>();
        private final List<Expected> reported = new ArrayList<>();
    }

    private void look(String file, Example example, Found found) {
        @Nullable Document request = null;
        if (example.request() != null) {
            request = document(file, contract.readRequest(asked(file, example.request())));
            add(found.violations, "request", contract.requestViolations(request));
            add(found.reported, "request", contract.requestReports(request));
        }
        if (example.reply() != null) {
            reply(file, example, request, example.reply(), found);
        }
    }

    private void reply(String file, Example example, @Nullable Document request, JsonNode body, Found found) {
        Document reply = document(file, contract.readReply(bytes(body)));
        int status = Objects.requireNonNullElse(
                example.status(), contract.replyForm().usualStatus());
        var withoutToken = new Facts(request, reply, null, status, example.project());
        add(found.violations, "reply", contract.replyViolations(withoutToken));
        add(found.reported, "reply", contract.replyReports(withoutToken));
        @Nullable Document token = null;
        if (example.token() != null) {
            TokenContract promised =
                    contract.sessionToken().orElseThrow(() -> problem(file, "has a token, but no token is promised"));
            token = document(file, promised.readClaims(bytes(example.token())));
            add(found.violations, "token", token.violations());
        }
        var facts = new Facts(request, reply, token, status, example.project());
        add(found.violations, "reply", contract.tokenViolations(facts));
        add(found.reported, "reply", contract.tokenReports(facts));
    }

    private static void add(List<Expected> found, String in, List<Violation> violations) {
        violations.forEach(violation -> found.add(new Expected(in, violation.at(), violation.keyword())));
    }

    private Document document(String file, Reading reading) {
        if (reading instanceof Document document) {
            return document;
        }
        throw problem(file, "cannot be read: it " + ((Unreadable) reading).what());
    }

    /** The body, or the query: one parameter per member, given as often as there are values in its array. */
    private byte[] asked(String file, JsonNode request) {
        if (contract.operation().hasBody()) {
            return bytes(request);
        }
        if (!request.isObject()) {
            throw problem(file, "has a request that is no object of query parameters");
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        request.properties().forEach(each -> parameters.put(each.getKey(), values(file, each.getValue())));
        return QueryText.of(parameters);
    }

    private List<String> values(String file, JsonNode given) {
        List<JsonNode> values = given.isArray() ? given.valueStream().toList() : List.of(given);
        if (!values.stream().allMatch(JsonNode::isString)) {
            throw problem(file, "has a query parameter that is neither a text nor a list of texts");
        }
        return values.stream().map(JsonNode::asString).toList();
    }

    private static byte[] bytes(JsonNode node) {
        return JSON.writeValueAsBytes(node);
    }

    private static Set<String> texts(List<Expected> violations) {
        Set<String> texts = new TreeSet<>();
        violations.forEach(violation -> texts.add(violation.toString()));
        return texts;
    }

    private static String shown(Set<String> violations) {
        return violations.isEmpty() ? "no violation" : String.join("; ", violations);
    }

    private PackProblem problem(String file, String message) {
        return new PackProblem(files.shown(file), "", message);
    }
}

package dev.sallyport.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Wherever secrets stand in a request or a reply, none is in the line: not in a value, not in a name, not in a place that the
 * pack calls plain if it looks like a secret or is one elsewhere.
 */
final class NoSecretEverTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] NAMES = {
        "status", "minutes", "done", "token", "count", "person", "claims", "tags", "people", "name", "friend", "other"
    };
    private static final Contract LOGIN = login();

    @Property(tries = 2000)
    void no_secret_is_in_a_line(
            @ForAll("documents") JsonNode request,
            @ForAll("documents") JsonNode reply,
            @ForAll("quiet") String project) {
        Call call = Call.of("login", "POST", "/login", Headers.NONE, bytes(request), project, "192.0.2.1");
        var answer = new Answer(200, Headers.NONE, bytes(reply), new Timing(1, 2), Document.NONE);

        byte[] line = new CaptureLine(LOGIN, Set.of("listed")).of(7, call, answer, new CapturedOutcome("ok", "none"));

        Set<String> secrets = new HashSet<>(Set.of(project));
        collect(request, secrets);
        collect(reply, secrets);
        JsonNode written = JSON.readTree(line);
        Set<String> texts = new HashSet<>();
        collectTexts(written, texts);
        assertThat(texts).noneMatch(text -> secrets.stream().anyMatch(text::contains));
    }

    @Property(tries = 500)
    void what_is_masked_reads_back_as_its_shape(@ForAll("secrets") String secret) {
        var masking = new Masking(Set.of());
        masking.learn(secret);

        Mask mask = Objects.requireNonNull(Mask.parse(masking.masked(secret)));

        assertThat(mask.bytes()).isEqualTo(secret.getBytes(StandardCharsets.UTF_8).length);
        assertThat(mask.count()).isEqualTo(secret.codePointCount(0, secret.length()));
        assertThat(mask).hasToString(masking.masked(secret));
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return object(3);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.oneOf(quiet(), loud());
    }

    /** Cannot be told from a harmless word by their looks, only by their places. */
    @Provide
    Arbitrary<String> quiet() {
        return Arbitraries.strings()
                .withCharRange('g', 'z')
                .ofMinLength(9)
                .ofMaxLength(30)
                .map(text -> "Q" + text);
    }

    /** Look like what they are. */
    private static Arbitrary<String> loud() {
        Arbitrary<String> word =
                Arbitraries.strings().withCharRange('g', 'z').ofMinLength(8).ofMaxLength(20);
        return Arbitraries.oneOf(
                word.map(text -> text + "@example.com"),
                Combinators.combine(word, word, word).as((one, two, three) -> one + "." + two + "." + three),
                word.map(text -> text + " \u00e4\n\"\\ " + text),
                word.map(text -> text.repeat(9)));
    }

    private Arbitrary<JsonNode> object(int depth) {
        Arbitrary<String> names = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(NAMES)), Tuple.of(1, secrets()));
        return Arbitraries.maps(names, value(depth - 1)).ofMaxSize(6).map(NoSecretEverTest::object);
    }

    private Arbitrary<JsonNode> value(int depth) {
        var nodes = JsonNodeFactory.instance;
        Arbitrary<JsonNode> text = secrets().map(nodes::stringNode);
        Arbitrary<JsonNode> word = Arbitraries.of("active", "pending").map(nodes::stringNode);
        Arbitrary<JsonNode> other = Arbitraries.of(nodes.nullNode(), nodes.booleanNode(true), nodes.numberNode(5));
        if (depth == 0) {
            return Arbitraries.oneOf(text, word, other);
        }
        Arbitrary<JsonNode> below = Arbitraries.lazy(() -> value(depth - 1));
        Arbitrary<JsonNode> array =
                below.list().ofMaxSize(3).map(items -> nodes.arrayNode().addAll(items));
        Arbitrary<JsonNode> object = Arbitraries.lazy(() -> object(depth));
        return Arbitraries.frequencyOf(
                Tuple.of(3, text), Tuple.of(1, word), Tuple.of(1, other), Tuple.of(1, array), Tuple.of(3, object));
    }

    /** A quiet secret stands in a plain place only if it stands in a masked one as well, as an echo would. */
    private static JsonNode object(Map<String, JsonNode> members) {
        Map<String, JsonNode> all = new LinkedHashMap<>(members);
        JsonNode status = members.get("status");
        if (status != null && status.isString()) {
            all.put("token", status);
        }
        if (members.containsKey("tags")) {
            all.put("claims", JsonNodeFactory.instance.arrayNode().add(members.get("tags")));
        }
        var object = JsonNodeFactory.instance.objectNode();
        all.forEach(object::set);
        return object;
    }

    private static void collect(JsonNode node, Set<String> secrets) {
        collectTexts(node, secrets);
        secrets.removeAll(Set.of(NAMES));
        secrets.removeAll(Set.of("active", "pending"));
    }

    private static void collectTexts(JsonNode node, Set<String> texts) {
        if (node.isString()) {
            texts.add(node.asString());
        }
        node.forEachEntry((name, value) -> {
            texts.add(name);
            collectTexts(value, texts);
        });
        if (node.isArray()) {
            node.forEach(item -> collectTexts(item, texts));
        }
    }

    private static byte[] bytes(JsonNode node) {
        return JSON.writeValueAsBytes(node);
    }

    private static Contract login() {
        try {
            Path folder = Files.createTempDirectory("no-secret");
            folder.toFile().deleteOnExit();
            return CapturePack.contract(folder, "login");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}

package dev.sallyport.capture;

import static dev.sallyport.laws.Draws.Share.share;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.contract.Contract;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
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

    @Test
    void no_secret_is_in_a_line() {
        Laws.holds(2000, draw -> {
            JsonNode request = object(draw, 3);
            JsonNode reply = object(draw, 3);
            String project = quiet(draw);
            Call call = Call.of(
                    "login",
                    new RequestLine("POST", "/login"),
                    Headers.NONE,
                    bytes(request),
                    new Caller(project, "192.0.2.1"));
            var answer = new Answer(200, Headers.NONE, bytes(reply), new Timing(1, 2), Document.NONE);

            byte[] line =
                    new CaptureLine(LOGIN, Set.of("listed")).of(7, call, answer, new CapturedOutcome("ok", "none"));

            Set<String> secrets = new HashSet<>(Set.of(project));
            collect(request, secrets);
            collect(reply, secrets);
            JsonNode written = JSON.readTree(line);
            Set<String> texts = new HashSet<>();
            collectTexts(written, texts);
            assertThat(texts).noneMatch(text -> secrets.stream().anyMatch(text::contains));
        });
    }

    @Test
    void what_is_masked_reads_back_as_its_shape() {
        Laws.holds(500, draw -> {
            String secret = secret(draw);
            var masking = new Masking(Set.of());
            masking.learn(secret);

            Mask mask = Objects.requireNonNull(Mask.parse(masking.masked(secret)));

            assertThat(mask.bytes()).isEqualTo(secret.getBytes(StandardCharsets.UTF_8).length);
            assertThat(mask.count()).isEqualTo(secret.codePointCount(0, secret.length()));
            assertThat(mask).hasToString(masking.masked(secret));
        });
    }

    private static String secret(Draws draw) {
        return draw.percent(50) ? quiet(draw) : loud(draw);
    }

    /** Cannot be told from a harmless word by its looks, only by its places. */
    private static String quiet(Draws draw) {
        return "Q" + draw.text(9, 30, 'g', 'z');
    }

    /** Looks like what it is. */
    private static String loud(Draws draw) {
        String word = word(draw);
        return draw.of(
                word + "@example.com",
                word + "." + word(draw) + "." + word(draw),
                word + " \u00e4\n\"\\ " + word,
                word.repeat(9));
    }

    private static String word(Draws draw) {
        return draw.text(8, 20, 'g', 'z');
    }

    private static JsonNode object(Draws draw, int depth) {
        return object(draw.map(6, () -> name(draw), () -> value(draw, depth - 1)));
    }

    private static String name(Draws draw) {
        return draw.oneOf(share(6, () -> draw.of(NAMES)), share(1, () -> secret(draw)));
    }

    private static JsonNode value(Draws draw, int depth) {
        var nodes = JsonNodeFactory.instance;
        Supplier<JsonNode> text = () -> nodes.stringNode(secret(draw));
        Supplier<JsonNode> word = () -> nodes.stringNode(draw.of("active", "pending"));
        Supplier<JsonNode> other =
                () -> draw.<JsonNode>of(nodes.nullNode(), nodes.booleanNode(true), nodes.numberNode(5));
        if (depth == 0) {
            return draw.oneOf(share(1, text), share(1, word), share(1, other));
        }
        return draw.oneOf(
                share(3, text),
                share(1, word),
                share(1, other),
                share(1, () -> nodes.arrayNode().addAll(draw.list(0, 3, () -> value(draw, depth - 1)))),
                share(3, () -> object(draw, depth)));
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

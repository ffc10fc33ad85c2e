package dev.sallyport.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Value;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.RequestReading;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.json.MemberInjection;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class TelemetryTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Law: the same object and one member more, and every byte before it as it was. */
    @Test
    void an_injection_adds_one_member_and_changes_nothing_else() {
        Laws.holds(1000, draw -> {
            String name = draw.of("telemetry_id", "a\"b", "\\", "\u00e4", "\n");
            String value = sane(draw.text(20));
            byte[] before = object(draw).getBytes(StandardCharsets.UTF_8);
            byte[] original = before.clone();

            byte[] after = new MemberInjection(name).into(before, value);

            ObjectNode expected = (ObjectNode) JSON.readTree(original);
            expected.put(name, value);
            assertThat(JSON.readTree(after)).isEqualTo(expected);
            assertThat(before).isEqualTo(original);
        });
    }

    private static String object(Draws draw) {
        Map<String, String> members = draw.map(
                3,
                () -> draw.of("a", "}", "{ ", "\u00e4"),
                () -> draw.of("1", "\"}\"", "{}", "{\"x\":{ }}", "[{},\"{\"]", "\"\u00e4\\\"}\"", "null"));
        String inner = members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\" : " + member.getValue())
                .collect(Collectors.joining(" , "));
        return space(draw) + "{" + space(draw) + inner + space(draw) + "}" + space(draw);
    }

    private static String space(Draws draw) {
        return draw.of("", " ", "\n\t ", "\r\n");
    }

    private static String sane(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'token':'t'}                          | id-1      | {'token':'t','telemetry_id':'id-1'}",
                "{}                                     | id-1      | {'telemetry_id':'id-1'}",
                "{'token':'t','telemetry_id':'own'}     | id-1      | {'token':'t','telemetry_id':'own'}",
                "{'token':'t','telemetry_id':null}      | id-1      | {'token':'t','telemetry_id':null}",
                "{'token':'t','telemetry_id':''}        | id-1      | {'token':'t','telemetry_id':''}",
                "{'token':'t'}                          | ``        | {'token':'t'}",
                "{'token':'t'}                          | id 1      | {'token':'t'}",
                "{'token':'t'}                          | idé       | {'token':'t'}",
                "{'token':'t'}                          | a\"b\\     | {'token':'t','telemetry_id':'a\\\"b\\\\'}",
                "[]                                     | id-1      | []",
                "'}'                                    | id-1      | '}'",
            })
    void an_id_is_put_in_where_the_caller_wrote_none(String body, String id, String sent, @TempDir Path folder) {
        assertThat(sent(folder, body, Map.of("X-Telemetry", id))).isEqualTo(sent.replace('\'', '"'));
    }

    @Test
    void without_a_header_or_with_a_long_one_nothing_is_put_in(@TempDir Path folder) {
        assertThat(sent(folder, "{}", Map.of())).isEqualTo("{}");
        assertThat(sent(folder, "{}", Map.of("X-Telemetry", "x".repeat(257)))).isEqualTo("{}");
        assertThat(sent(folder, "{}", Map.of("X-Telemetry", "x".repeat(256)))).hasSize(256 + 19);
    }

    @Test
    void a_body_that_is_no_object_goes_on_as_it_is(@TempDir Path folder) {
        Filter<ReadCall> filter = telemetry(SmallPack.in(folder).contract("login"));
        ReadCall call = new ReadCall(
                Calls.call("[]", Map.of("X-Telemetry", "id"), "project"),
                new Reading.Document(List.of(), new Value[0], false));
        List<ReadCall> seen = new ArrayList<>();

        Calls.through(filter, call, sent -> {
            seen.add(sent);
            return Mono.just(Calls.answer(200, "{}"));
        });

        assertThat(seen).containsExactly(call);
    }

    private static String sent(Path folder, String body, Map<String, String> headers) {
        Contract contract = SmallPack.in(folder).contract("login");
        List<String> bodies = new ArrayList<>();

        Calls.through(
                new RequestReading(contract),
                Calls.call(body, headers, "project"),
                telemetry(contract).around(call -> {
                    bodies.add(new String(call.body(), StandardCharsets.UTF_8));
                    return Mono.just(Calls.answer(200, "{}"));
                }));

        return bodies.get(0);
    }

    private static Filter<ReadCall> telemetry(Contract contract) {
        return new TelemetryFilter("X-Telemetry", contract.telemetry().orElseThrow());
    }
}

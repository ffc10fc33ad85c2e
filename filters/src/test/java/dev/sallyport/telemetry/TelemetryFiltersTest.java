package dev.sallyport.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.call.Upstream;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.telemetry.TelemetryOnSettings;
import dev.sallyport.config.telemetry.TelemetryResultsSettings;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Facts.Source;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Violation;
import dev.sallyport.telemetry.DeviceInquiry.LookupTime;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

final class TelemetryFiltersTest {
    private static final Field ID = new Field(Source.REQUEST, 0, "request:/telemetry~1~0id");
    private static final Field DEVICE = new Field(Source.REPLY, 0, "reply:/device/visitor_id");
    private static final Operation OPERATION = new Operation("login", "POST", "/login");
    private static final DeviceFinding KNOWN =
            new DeviceFinding(LookupOutcome.ALLOW, List.of("ONE", "a\r\nb", "TWO"), "visitor-1");
    private static final ResultHeaders TELLS_BOTH =
            new ResultHeaders(new TelemetryResultsSettings(true, true, "V", "R", "I"));
    private static final ResultHeaders TELLS_NEITHER = new ResultHeaders(TelemetryResultsSettings.defaults());

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Heard heard = new Heard();
    private final List<String> broken = new ArrayList<>();
    private final List<ReadCall> sent = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void the_header_id_is_put_under_the_name_that_the_pointer_means() {
        ReadCall call = call(Map.of("X-Telemetry", "id-1"), Value.MISSING);

        Calls.through(new TelemetryFilter("X-Telemetry", ID), call, answering("visitor-1"));

        assertThat(new String(sent.get(0).body(), StandardCharsets.UTF_8)).isEqualTo("{\"telemetry/~id\":\"id-1\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "body,     header, body",
        "body,     '',     body",
        "'',       header, header",
        "'not id', header, none",
    })
    void the_id_that_is_looked_up_is_the_one_that_the_provider_gets(String body, String header, String lookedUp) {
        Value own = body.isEmpty() ? Value.MISSING : Value.scalar(Kind.STRING, body);
        Map<String, String> headers = header.isEmpty()
                ? Map.of("Authorization", "Basic x")
                : Map.of("Authorization", "Basic x", "X-Telemetry", header);

        Calls.through(enforce(KNOWN, TELLS_NEITHER, Mode.OFF), call(headers, own), answering("visitor-1"));

        assertThat(asked).isEqualTo(lookedUp.equals("none") ? List.of() : List.of(lookedUp));
    }

    @Test
    void enforcing_refuses_before_the_provider_gets_the_call() {
        Reply reply = Calls.through(
                enforce(DeviceFinding.of(LookupOutcome.BLOCK), TELLS_BOTH, Mode.OFF), call(), answering("visitor-1"));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.DEVICE_REFUSED);
        assertThat(sent).isEmpty();
        assertThat(heard.decided).containsExactly("ENFORCE BLOCK refused");
    }

    @Test
    void a_lookup_is_waited_for_no_longer_than_the_call_has_time() {
        List<Reply> got = new ArrayList<>();
        var filter = new TelemetryEnforceFilter(inquiry(Mono.never()), binding(Mode.OFF), handling(TELLS_NEITHER));
        ReadCall hasty = Calls.unread(Calls.within(call().call(), Duration.ofMillis(200)));

        filter.around(answering("visitor-1")).send(hasty).subscribe(got::add);
        time.advanceTimeBy(Duration.ofMillis(200));

        assertThat(got)
                .singleElement()
                .satisfies(
                        reply -> assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.TELEMETRY_UNAVAILABLE));
        assertThat(heard.decided).containsExactly("ENFORCE TIMEOUT refused");
        assertThat(sent).isEmpty();
    }

    @Test
    void a_call_without_credentials_is_not_looked_up_and_not_sent() {
        Reply reply = Calls.through(
                enforce(KNOWN, TELLS_NEITHER, Mode.OFF),
                call(Map.of("X-Telemetry", "id-1"), Value.MISSING),
                answering("visitor-1"));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.TELEMETRY_UNAVAILABLE);
        assertThat(asked).isEmpty();
    }

    @Test
    void what_was_found_is_told_in_headers_of_the_gateway_alone() {
        ReadCall call = call(
                Map.of("Authorization", "Basic x", "X-Telemetry", "id-1", "v", "ALLOW-spoofed", "r", "spoofed"),
                Value.MISSING);

        Reply reply = Calls.through(
                enforce(KNOWN, TELLS_BOTH, Mode.OFF),
                call,
                sent -> answering("visitor-1")
                        .send(sent)
                        .map(answer ->
                                ((Answer) answer).withHeaders(Headers.of(Map.of("i", "spoofed", "Own", "kept")))));

        for (Headers headers : List.of(sent.get(0).headers(), ((Answer) reply).headers())) {
            assertThat(headers.first("V")).isEqualTo("ALLOW");
            assertThat(headers.first("R")).isEqualTo("ONE, TWO");
            assertThat(headers.first("I")).isEqualTo("visitor-1");
            assertThat(lines(headers)).noneMatch(line -> line.contains("spoofed"));
        }
        assertThat(((Answer) reply).headers().first("own")).isEqualTo("kept");
    }

    @Test
    void observing_does_not_wait() {
        Sinks.One<DeviceFinding> late = Sinks.one();
        Reply reply = Calls.through(observe(late.asMono(), TELLS_BOTH, Mode.ENFORCE), call(), answering("visitor-2"));

        List<String> before = List.copyOf(heard.decided);
        late.tryEmitValue(KNOWN).orThrow();

        assertThat(((Answer) reply).headers().first("V")).isNull();
        assertThat(before).isEmpty();
        assertThat(heard.decided).containsExactly("OBSERVE ALLOW forwarded");
        assertThat(broken).containsExactly("/device/visitor_id device-is-looked-up counted");
    }

    @Test
    void observing_refuses_nothing_and_says_what_it_would_have() {
        Reply reply = Calls.through(
                observe(Mono.just(DeviceFinding.of(LookupOutcome.BLOCK)), TELLS_BOTH, Mode.ENFORCE),
                call(),
                answering("visitor-2"));

        assertThat(((Answer) reply).headers().first("V")).isEqualTo("BLOCK");
        assertThat(heard.decided).containsExactly("OBSERVE BLOCK refused");
        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "visitor-1, ENFORCE, passes,  0",
        "visitor-2, ENFORCE, refused, 1",
        "visitor-2, REPORT,  passes,  1",
        "visitor-2, OFF,     passes,  0",
        "'',        ENFORCE, passes,  0",
    })
    void a_reply_names_the_device_that_was_looked_up(String named, Mode mode, String outcome, int counted) {
        Reply reply = Calls.through(enforce(KNOWN, TELLS_NEITHER, mode), call(), answering(named));

        assertThat(reply instanceof Answer ? "passes" : "refused").isEqualTo(outcome);
        assertThat(broken).hasSize(counted);
        if (outcome.equals("refused")) {
            assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.REPLY_BREAKS_CONTRACT);
        }
    }

    /** Where the reply's contract is only reported, such a reply comes this far. */
    @ParameterizedTest
    @CsvSource({"200, refused", "302, refused", "404, passes", "503, passes"})
    void a_reply_that_could_not_be_read_may_name_any_device(int status, String outcome) {
        var form = new BrokenForm(new Violation("", "json", "login#reply/json", "is no JSON", null));
        Reply reply = Calls.through(
                enforce(KNOWN, TELLS_NEITHER, Mode.ENFORCE),
                call(),
                call -> Mono.just(Calls.answer(status, "gz", form)));

        assertThat(reply instanceof Answer ? "passes" : "refused").isEqualTo(outcome);
    }

    @Test
    void a_device_without_a_visitor_id_is_held_against_nothing() {
        Reply reply = Calls.through(
                enforce(DeviceFinding.of(LookupOutcome.ALLOW), TELLS_NEITHER, Mode.ENFORCE),
                call(),
                answering("visitor-2"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(broken).isEmpty();
    }

    private TelemetryEnforceFilter enforce(DeviceFinding finding, ResultHeaders results, Mode binding) {
        return new TelemetryEnforceFilter(inquiry(Mono.just(finding)), binding(binding), handling(results));
    }

    private TelemetryObserveFilter observe(Mono<DeviceFinding> finding, ResultHeaders results, Mode binding) {
        return new TelemetryObserveFilter(inquiry(finding), binding(binding), handling(results), Schedulers::immediate);
    }

    private FindingHandling handling(ResultHeaders results) {
        return new FindingHandling(new TelemetryDecision(TelemetryOnSettings.defaults()), results, heard);
    }

    private DeviceInquiry inquiry(Mono<DeviceFinding> finding) {
        FingerprintLookup lookup = question -> {
            asked.add(question.telemetryId());
            return finding;
        };
        return new DeviceInquiry("X-Telemetry", ID, lookup, new LookupTime(Duration.ofMillis(300), () -> time));
    }

    private DeviceBinding binding(Mode mode) {
        return new DeviceBinding(
                OPERATION,
                DEVICE,
                "device-is-looked-up",
                ModeSettings.of(mode),
                (operation, direction, violations, refused) -> violations.forEach(violation ->
                        broken.add(violation.at() + " " + violation.keyword() + (refused ? " refused" : " counted"))));
    }

    private Upstream<ReadCall> answering(String visitorId) {
        return call -> {
            sent.add(call);
            Value named = visitorId.isEmpty() ? Value.MISSING : Value.scalar(Kind.STRING, visitorId);
            return Mono.just(Calls.answer(200, "{}", new Document(List.of(), new Value[] {named}, true)));
        };
    }

    private static ReadCall call() {
        return call(Map.of("Authorization", "Basic x", "X-Telemetry", "id-1"), Value.MISSING);
    }

    private static ReadCall call(Map<String, String> headers, Value own) {
        return new ReadCall(Calls.call("{}", headers, "project"), new Document(List.of(), new Value[] {own}, true));
    }

    private static List<String> lines(Headers headers) {
        List<String> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(name + ": " + Objects.requireNonNull(value)));
        return lines;
    }
}

package dev.sallyport.gateway.management.meters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault the meters say it was, and where the time went. */
final class CallMetersTest {
    private static final Call CALL = Call.of(
            "sessions.migrate", new RequestLine("POST", "/migrate"), Headers.NONE, new byte[0], new Caller(null, ""));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallMeters meters = new CallMeters(registry);

    @ParameterizedTest
    @CsvSource({
        "200, ok, 2xx, none",
        "201, ok, 2xx, none",
        "302, provider_error, 3xx, provider",
        "401, provider_error, 4xx, caller",
        "429, provider_error, 4xx, caller",
        "500, provider_error, 5xx, provider",
        "503, provider_error, 5xx, provider",
        "999, provider_error, other, provider",
    })
    void an_answer_counts_by_its_status_and_whose_fault_that_is(
            int status, String outcome, String statusClass, String fault) {
        ended(answer(status, Timing.NONE));

        assertThat(counted(outcome, "none", statusClass, fault)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, 4xx, caller",
        "REPLY_BREAKS_CONTRACT, 5xx, provider",
        "OVERLOADED, 5xx, gateway",
    })
    void a_refusal_counts_by_its_reason_and_fault(Reason reason, String statusClass, String fault) {
        ended(new Refusal(Rejection.of(reason, "no")));

        assertThat(counted("refused", reason.name(), statusClass, fault)).isEqualTo(1);
    }

    @Test
    void calls_are_in_flight_until_they_have_an_outcome() {
        meters.begun(CALL);
        meters.begun(CALL);
        meters.begun(CALL);
        assertThat(inFlight()).isEqualTo(3);

        meters.answered(CALL, answer(200, Timing.NONE), 0, 5);
        meters.aborted(CALL, 5);
        meters.failed(CALL, new IllegalStateException(), 5);

        assertThat(inFlight()).isZero();
        assertThat(counted("client_abort", "none", "none", "caller")).isEqualTo(1);
        assertThat(counted("refused", "INTERNAL", "5xx", "gateway")).isEqualTo(1);
    }

    @Test
    void the_time_of_a_call_is_split_into_doors_and_provider() {
        meters.begun(CALL);

        meters.answered(CALL, answer(503, new Timing(110, 150)), 100, 153);

        assertThat(door("first")).isEqualTo(10);
        assertThat(door("second")).isEqualTo(3);
        assertThat(registry.get("sallyport.provider")
                        .tag("status", "5xx")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(40);
    }

    @Test
    void a_call_that_the_caller_spoilt_counts_for_the_first_door_and_one_that_could_not_be_sent_does_not() {
        for (Reason reason : List.of(Reason.REQUEST_BREAKS_CONTRACT, Reason.PROVIDER_UNREACHABLE)) {
            meters.begun(CALL);
            meters.answered(CALL, new Refusal(Rejection.of(reason, "no")), 100, 107);
        }

        assertThat(door("first")).isEqualTo(7);
        assertThat(registry.find("sallyport.provider").timer()).isNull();
    }

    @Test
    void a_refused_reply_counts_for_the_provider_by_the_status_it_had() {
        meters.begun(CALL);

        meters.answered(
                CALL,
                Refusal.of(Rejection.of(Reason.REPLY_BREAKS_CONTRACT, "no"), answer(204, new Timing(110, 150))),
                100,
                153);

        assertThat(registry.get("sallyport.provider")
                        .tag("status", "2xx")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private void ended(Reply reply) {
        meters.begun(CALL);
        meters.answered(CALL, reply, 0, 5);
    }

    private static Answer answer(int status, Timing timing) {
        return new Answer(status, Headers.NONE, new byte[0], timing, Document.NONE);
    }

    private long counted(String outcome, String reason, String status, String fault) {
        return registry.get("sallyport.calls")
                .tags("operation", "sessions.migrate", "outcome", outcome, "reason", reason)
                .tags("status", status, "fault", fault)
                .timer()
                .count();
    }

    private double door(String door) {
        return registry.get("sallyport.door").tag("door", door).timer().totalTime(TimeUnit.NANOSECONDS);
    }

    private double inFlight() {
        return registry.get("sallyport.calls.in.flight").gauge().value();
    }
}

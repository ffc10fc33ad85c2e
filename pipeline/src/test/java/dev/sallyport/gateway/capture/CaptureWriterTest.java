package dev.sallyport.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.capture.CaptureEvents.Result;
import dev.sallyport.capture.CaptureFilter;
import dev.sallyport.capture.CaptureLine;
import dev.sallyport.capture.CapturedCall;
import dev.sallyport.config.CaptureSettings;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

final class CaptureWriterTest {
    private static final Contract CONTRACT = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32))
            .contract("sessions.migrate")
            .orElseThrow();

    @TempDir
    Path folder;

    private final Map<Result, Integer> counted = new ConcurrentHashMap<>();

    @Test
    void what_was_taken_is_written_before_it_closes() throws IOException {
        CapturedCall call = call(100);

        try (var writer = writer(folder.resolve("c"), 1 << 20).start()) {
            for (int number = 0; number < 50; number++) {
                writer.take(call);
            }
        }

        assertThat(Files.readAllLines(folder.resolve("c")))
                .hasSize(50)
                .containsOnly(new String(call.line(), StandardCharsets.UTF_8).strip());
        assertThat(counted).isEqualTo(Map.of(Result.WRITTEN, 50));
    }

    @Test
    void what_does_not_fit_into_the_queue_is_dropped_and_counted() throws IOException {
        CapturedCall call = call(100);
        var writer = writer(folder.resolve("c"), 3 * call.weight());

        for (int number = 0; number < 5; number++) {
            writer.take(call); // the writer is not started yet
        }
        writer.start().close();

        assertThat(Files.readAllLines(folder.resolve("c"))).hasSize(3);
        assertThat(counted).isEqualTo(Map.of(Result.DROPPED, 2, Result.WRITTEN, 3));
    }

    @Test
    void a_disk_that_fails_is_counted_and_harms_no_call() {
        try (var writer = writer(folder.resolve("gone").resolve("c"), 1 << 20).start()) {
            writer.take(call(100));
            writer.take(call(100));
        }

        assertThat(counted).isEqualTo(Map.of(Result.FAILED, 2));
    }

    @Test
    void after_it_was_closed_calls_are_dropped() {
        var writer = writer(folder.resolve("c"), 1 << 20).start();
        writer.close();

        writer.take(call(1));

        assertThat(counted).isEqualTo(Map.of(Result.DROPPED, 1));
    }

    @Test
    void a_file_that_cannot_be_written_stops_the_start() {
        assertThat(Captures.started(CaptureSettings.defaults(), this::count)).isEmpty();
        assertThatThrownBy(
                        () -> Captures.started(settings(folder.resolve("gone").resolve("c")), this::count))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("must be a file that can be written (no such file or directory), was ");
    }

    private void count(Result result) {
        counted.merge(result, 1, Integer::sum);
    }

    private CaptureWriter writer(Path file, long maxPending) {
        return new CaptureWriter(new CaptureFile(file, 1 << 20, 2), maxPending, this::count);
    }

    private static CaptureSettings settings(Path file) {
        return new CaptureSettings(
                Optional.of(file.toString()), ByteSize.parse("1MB"), 2, new Percent(100), ByteSize.parse("1MB"));
    }

    private static CapturedCall call(int length) {
        List<CapturedCall> taken = new ArrayList<>();
        var filter = new CaptureFilter(
                new CaptureLine(CONTRACT, Set.of()), 100, taken::add, InstantSource.system(), () -> 0);
        var call = Call.of(
                "sessions.migrate",
                new RequestLine("POST", "/"),
                Headers.NONE,
                json(length),
                new Caller(null, "192.0.2.1"));
        filter.filter(call, sent -> Mono.just(new Answer(200, Headers.NONE, json(length), Timing.NONE, Document.NONE)))
                .block();
        return taken.get(0);
    }

    private static byte[] json(int length) {
        return ("{\"session_token\":\"" + "x".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}

package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.management.Reloads;
import dev.sallyport.gateway.management.Reloads.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that change under a gateway which looks at them. */
@Timeout(120)
final class ReloadWatchTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path settings;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        settings = folder.resolve("sallyport.yml");
        PackCopy.into(folder.resolve("first"));
        write("{ provider: { pack: '" + folder.resolve("first") + "' } }");
        gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                "--spring.config.additional-location=" + settings.toUri(),
                "--sallyport.reload.interval=100ms");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void changed_settings_are_taken_up() throws Exception {
        write("{ provider: { pack: '" + folder.resolve("first") + "' }, contracts: { request: report } }");

        await(report -> report.changed().contains("sallyport.contracts"));
    }

    @Test
    void a_pack_that_was_refused_is_taken_up_once_it_is_mended() throws Exception {
        Path second = folder.resolve("second");
        Files.createDirectories(second);
        Files.writeString(second.resolve("catalog.yml"), "description: half of it");
        write("{ provider: { pack: '" + second + "' } }");
        await(report -> report.result() == Result.REFUSED);

        PackCopy.into(second);

        await(report -> report.result() == Result.RELOADED && report.changed().contains("sallyport.provider.pack"));
        assertThat(gateway.scraped()).anyMatch(line -> line.startsWith("sallyport_reload_last_successful 1"));
    }

    @Test
    void a_file_that_vanishes_and_comes_back_with_its_old_time_is_good_again() throws Exception {
        Path aside = folder.resolve("aside.yml");
        Files.move(settings, aside);
        await(report -> report.result() == Result.REFUSED);

        Files.move(aside, settings);

        await(report -> report.result() == Result.UNCHANGED);
        assertThat(gateway.scraped()).anyMatch(line -> line.startsWith("sallyport_reload_last_successful 1"));
    }

    @Test
    void a_pack_over_another_is_reloaded_when_either_of_them_changes() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine/sessions.migrate"));
        Path catalog = Files.writeString(folder.resolve("mine/catalog.yml"), "extends: ../first\n");
        write("{ provider: { pack: '" + folder.resolve("mine") + "' } }");
        await(report -> report.changed().contains("sallyport.provider.pack"));

        Path below = folder.resolve("first/sessions.migrate/request.schema.json");
        Files.writeString(below, Files.readString(below).replace("foreign", "other") + "\n");
        await(report -> report.generation() == 3);
        Path patch = mine.resolve("request.schema.patch.json");
        Files.writeString(patch, "{\"properties\":{\"session_duration_minutes\":");
        await(report -> report.problems().stream().anyMatch(line -> line.contains("patch.json at line 1")));
        Files.writeString(patch, "{\"properties\":{\"session_duration_minutes\":{\"maximum\":60}}}");
        await(report -> report.generation() == 4);
        Files.writeString(catalog, "extends: ../fir");
        await(report -> report.problems().stream().anyMatch(line -> line.contains("was ../fir")));
        try (var log = new LogCapture()) {
            log.informed();
            Files.writeString(catalog, "extends: ../first\nremove: [/operations/debug.whoami]\n");
            await(report -> report.generation() == 5);
            assertThat(log.taken())
                    .contains("mine protects less than the one that it is laid over: removed /operations/debug.whoami");
        }
        Files.move(folder.resolve("first/catalog.yml"), folder.resolve("first/aside.yml"));
        await(report -> report.result() == Result.REFUSED);
        Files.move(folder.resolve("first/aside.yml"), folder.resolve("first/catalog.yml"));
        await(report -> report.result() == Result.UNCHANGED);
    }

    private void write(String sallyport) throws IOException {
        Files.writeString(settings, "sallyport: " + sallyport + "\n");
    }

    private void await(Predicate<Reloads.Report> condition) throws Exception {
        Reloads reloads = gateway.bean(Reloads.class);
        Waiting.until("reloaded", () -> reloads.last().filter(condition).isPresent());
    }
}

package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.management.Reloads;
import dev.sallyport.gateway.management.Reloads.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings and a pack in volumes as Kubernetes mounts config maps: every visible name is a link through {@code ..data}, which
 * is a link to a folder of that version; an update makes a new folder and swaps the one link.
 */
@Timeout(120)
final class ConfigMapTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path settings;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path pack;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        settings = Files.createDirectory(folder.resolve("settings"));
        pack = Files.createDirectory(folder.resolve("pack"));
        Files.writeString(version(settings, "one").resolve("sallyport.yml"), settings("enforce"));
        PackCopy.into(version(pack, "one"));
        swapTo(settings, "one");
        swapTo(pack, "one");
        gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                "--spring.config.additional-location="
                        + settings.resolve("sallyport.yml").toUri(),
                "--sallyport.reload.interval=100ms");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void settings_are_taken_up_when_the_link_to_their_folder_is_swapped_although_size_and_time_stay() throws Exception {
        Path next = version(settings, "two").resolve("sallyport.yml");
        Files.writeString(next, settings("report "));
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(settings.resolve("sallyport.yml")));

        swapTo(settings, "two");
        deleteVersion(settings, "one");

        await(report -> report.changed().contains("sallyport.contracts"));
        assertThat(gateway.contract("sessions.migrate").at("/request/mode").asString())
                .isEqualTo("report");
    }

    @Test
    void a_pack_is_taken_up_when_the_link_to_its_folder_is_swapped_and_only_what_changed_counts() throws Exception {
        Path next = version(pack, "two");
        PackCopy.into(next);
        swapTo(pack, "two");
        deleteVersion(pack, "one");
        await(report -> report.result() == Reloads.Result.UNCHANGED);

        Path other = version(pack, "three");
        PackCopy.into(other);
        Files.writeString(other.resolve("catalog.yml"), Files.readString(next.resolve("catalog.yml")) + "# third\n");
        swapTo(pack, "three");

        await(report -> report.changed().equals(List.of("contract pack")));
        assertThat(gateway.contracts().at("/generation").asInt()).isEqualTo(2);
    }

    private String settings(String request) {
        return "sallyport: { provider: { pack: '" + pack + "' }, contracts: { request: " + request + "} }\n";
    }

    private static Path version(Path volume, String name) throws IOException {
        return Files.createDirectories(volume.resolve(".." + name));
    }

    private static void swapTo(Path volume, String version) throws IOException {
        Path data = volume.resolve("..data");
        Path next = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of(".." + version));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Path visible = volume.resolve(file.getFileName());
                if (!Files.isSymbolicLink(visible)) {
                    Files.createSymbolicLink(visible, Path.of("..data").resolve(file.getFileName()));
                }
            }
        }
    }

    private static void deleteVersion(Path volume, String name) throws IOException {
        try (Stream<Path> files = Files.walk(volume.resolve(".." + name))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void await(Predicate<Report> condition) throws Exception {
        Reloads reloads = gateway.bean(Reloads.class);
        Waiting.until("reloaded", () -> reloads.last().filter(condition).isPresent());
    }
}

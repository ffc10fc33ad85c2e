package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.ShippedJar.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shipped jar leaves to the jars beside it. */
@Timeout(180)
class SiblingJarIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "demo, sandbox",
        "sandbox, sandbox",
        "contracts import a.yml --outline, tools",
        "help contracts import, tools",
    })
    void a_jar_that_is_handed_on_to_is_named_if_it_is_not_there(String arguments, String program) throws Exception {
        Path alone = Files.createDirectories(folder.resolve("a folder + more")).resolve("app.jar");
        Files.copy(ShippedJar.PATH, alone);

        Run run = ShippedJar.run(alone, folder, arguments.split(" ", -1));

        assertThat(run.output())
                .matches("sallyport: \\w+ needs sallyport-" + program
                        + "-\\*-app.jar, which is not in the folder of this jar\\R");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void a_jar_that_is_handed_on_to_is_found_in_the_same_folder() throws Exception {
        Path together = Files.createDirectories(folder.resolve("a folder + more"));
        Path alone = Files.copy(ShippedJar.PATH, together.resolve("app.jar"));
        Files.copy(ShippedJar.OF_TOOLS, together.resolve("sallyport-tools-1-app.jar"));

        Run run = ShippedJar.run(alone, folder, "contracts", "replay", "none");

        assertThat(run.output()).startsWith("sallyport: capture none cannot be read: no such file");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void the_shipped_jar_has_nothing_of_the_tools() throws IOException {
        try (var jar = new JarFile(ShippedJar.PATH.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
                    .anyMatch(name -> name.startsWith("BOOT-INF/classes/dev/sallyport/gateway/"))
                    .noneMatch(name -> name.contains("dev/sallyport/tools") || name.contains("sallyport-tools"));
        }
    }
}

package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code sallyport}, called by all the names that it may have. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script needs bash")
class ScriptIT {
    private static final Path SCRIPT = Path.of("../sallyport").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path script = SCRIPT;

    /** A home with a space in its name, as it is after a build. */
    @BeforeEach
    void install() throws IOException {
        install(folder.resolve("a home"));
    }

    private void install(Path home) throws IOException {
        Files.createDirectories(home);
        script = Files.copy(SCRIPT, home.resolve("sallyport"));
        link(home, "gateway", ShippedJar.PATH);
        link(home, "sandbox", ShippedJar.PATH); // is not run here
        link(home, "tools", ShippedJar.OF_TOOLS);
    }

    private static void link(Path home, String module, Path jar) throws IOException {
        Path target = Files.createDirectories(home.resolve(module).resolve("target"));
        Files.createSymbolicLink(target.resolve("sallyport-" + module + "-1-app.jar"), jar.toAbsolutePath());
    }

    @Test
    void it_finds_its_folder_by_its_own_name() throws Exception {
        assertRuns(script);
    }

    @Test
    void it_finds_its_folder_through_a_link() throws Exception {
        assertRuns(Files.createSymbolicLink(folder.resolve("link"), script));
    }

    @Test
    void it_finds_its_folder_through_relative_links_to_links_in_other_folders() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("opt/my bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../../a home/sallyport"));
        Files.createSymbolicLink(folder.resolve("bin"), Path.of("opt/my bin"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("bin/first"));

        assertRuns(second);
        assertRuns(folder.resolve("bin/first"));
    }

    @Test
    void it_finds_its_folder_when_the_path_leads_to_a_link_and_cd_searches_a_path_of_its_own() throws Exception {
        Files.createSymbolicLink(folder.resolve("sallyport"), Path.of("a home/sallyport"));

        assertThat(output("cd / && PATH='" + folder + "':$PATH CDPATH=/tmp:. sallyport version"))
                .startsWith("sallyport ");
    }

    @Test
    void contracts_are_made_and_tried_by_the_tools_also_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), script);
        Files.writeString(folder.resolve("tickets.yml"), """
                openapi: 3.0.3
                info: {title: Tickets, version: "1"}
                paths:
                  /tickets:
                    get: {responses: {"200": {description: all, content: {application/json: {schema: {type: array}}}}}}
                """);

        assertThat(output("'" + link + "' contracts import tickets.yml --outline"))
                .isEqualToNormalizingNewlines("GET /tickets reply\n  (whole) array required\n");
    }

    @Test
    void help_lists_and_shows_what_the_tools_do() throws Exception {
        assertThat(output("'" + script + "' help"))
                .contains("contracts", "Makes contract packs, compares them, and tries them.");
        assertThat(output("'" + script + "' help contracts import"))
                .startsWith("Usage: sallyport contracts import ")
                .isEqualTo(output("'" + script + "' contracts import --help"));
    }

    @Test
    void the_first_use_builds_with_the_flags_that_the_jdk_needs_and_those_of_the_user_and_prepares_fast_starts()
            throws Exception {
        Path home = folder.resolve("home"); // JDK 17 archives no class from a folder with a space in its name
        install(home);
        Path jar = home.resolve("gateway/target/sallyport-gateway-1-app.jar");
        Files.delete(jar);
        Path build = Files.writeString(home.resolve("mvnw"), """
                #!/bin/sh
                echo "$MAVEN_OPTS" > options
                ln -s '%s' '%s'
                """.formatted(ShippedJar.PATH.toAbsolutePath(), jar));
        assertThat(build.toFile().setExecutable(true)).isTrue();

        String output = output("MAVEN_OPTS=-Dof.the.user=1 '" + script + "' version");

        assertThat(output)
                .startsWith("First use: building (")
                .contains("Preparing fast starts (")
                .contains("sallyport ")
                .doesNotContain("failed");
        assertThat(Files.readString(home.resolve("options")).strip())
                .endsWith("-Dof.the.user=1")
                .matches(options -> options.startsWith("--sun-misc-unsafe-memory-access=allow ")
                        == Runtime.version().feature() >= 24);
        assertThat(output("JAVA_OPTS=-verbose:class '" + script + "' version"))
                .contains(".gateway.SallyportApplication source: shared objects file");
        assertThat(output("JAVA_OPTS=-XX:ObjectAlignmentInBytes=16 '" + script + "' version"))
                .matches("sallyport \\d\\S* \\(commit \\S+, built \\S+, Java \\S+\\)\\R");
    }

    private void assertRuns(Path name) throws Exception {
        assertThat(output("'" + name + "' version"))
                .matches("sallyport \\d\\S* \\(commit \\S+, built \\S+, Java \\S+\\)\\R");
    }

    private String output(String command) throws Exception {
        var builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}

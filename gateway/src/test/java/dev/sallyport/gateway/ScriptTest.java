package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code sallyport} with JDKs and jars that are none: which JDK it takes, what it builds, and what it runs. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script needs bash")
final class ScriptTest {
    private static final String NEVER_RELEASED = "9998";
    private static final String LATE_COMPILER =
            "-XX:Tier4InvocationThreshold=40000 -XX:Tier4MinInvocationThreshold=4800"
                    + " -XX:Tier4CompileThreshold=120000 -XX:Tier4BackEdgeThreshold=320000";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private record Run(int status, String output) {}

    @BeforeEach
    void install() throws IOException {
        Files.copy(Path.of("../sallyport"), folder.resolve("sallyport"));
        for (String module : new String[] {"gateway", "sandbox", "tools"}) {
            Path target = Files.createDirectories(folder.resolve(module + "/target"));
            Files.createFile(target.resolve("sallyport-" + module + "-1-app.jar"));
        }
    }

    @Test
    void the_jdk_that_java_home_names_is_taken() throws Exception {
        Path jdk = jdk("named", "17");

        Run run = run(jdk, Map.of("JAVA_OPTS", "-Xmx64m -Da=b"), "version");

        assertThat(run.output()).isEqualTo(jdk + "/bin/java -Xmx64m -Da=b -jar " + jar("gateway") + " version\n");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1.8", "11", "16", "none"})
    void a_java_home_that_is_too_old_or_whose_version_cannot_be_told_is_refused(String version) throws Exception {
        Path jdk = jdk("old", version);

        Run run = run(jdk, Map.of(), "version");

        assertThat(run.output()).isEqualTo("sallyport: JAVA_HOME is older than JDK 17: " + jdk + "\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void a_java_home_without_java_is_refused() throws Exception {
        Run run = run(folder.resolve("nothing"), Map.of(), "version");

        assertThat(run.output()).isEqualTo("sallyport: JAVA_HOME has no bin/java: " + folder.resolve("nothing") + "\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void without_java_home_the_newest_jdk_is_taken_and_nothing_that_cannot_compile() throws Exception {
        String candidates = ".sdkman/candidates/java/";
        jdk(candidates + "a", "16");
        Path newest = jdk(candidates + "b", NEVER_RELEASED);
        jdk(candidates + "c", "9997");
        Files.delete(jdk(candidates + "d", "9999").resolve("bin/javac"));

        Run run = run(null, Map.of("HOME", folder.toString()), "version");

        assertThat(run.output())
                .isEqualTo(newest
                        + "/bin/java --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
                        + " -Djdk.reflect.useNativeAccessorOnly=true -jar "
                        + jar("gateway") + " version\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', gateway, help",
        "run --config a.yml, '" + LATE_COMPILER + " ', gateway, run --config a.yml",
        "contracts replay calls, '', tools, contracts replay calls",
        "sandbox --faults, '', sandbox, sandbox --faults",
    })
    void each_command_is_run_by_the_jar_that_carries_it_out(String command, String flags, String module, String told)
            throws Exception {
        Path jdk = jdk("named", "17");

        assertThat(run(jdk, Map.of(), command).output())
                .isEqualTo(jdk + "/bin/java " + flags + "-jar " + jar(module) + " " + told + "\n");
    }

    @Test
    void the_demo_is_told_which_gateway_to_start() throws Exception {
        Path jdk = jdk("named", "17");

        assertThat(run(jdk, Map.of(), "demo --once").output())
                .isEqualTo(
                        jdk + "/bin/java -jar " + jar("sandbox") + " demo --gateway=" + jar("gateway") + " --once\n");
    }

    @Test
    void the_first_use_builds_every_module_with_the_jdk_that_was_found_and_tells_its_progress() throws Exception {
        Path jdk = jdk("named", "17");
        Files.delete(jar("tools"));
        mvnw("""
                echo "$JAVA_HOME" "$@" > "%s"
                echo '[INFO] Building Sallyport Tools 1 [3/5]'
                echo '[INFO] something else'
                touch "%s"
                """.formatted(folder.resolve("asked"), jar("tools")));

        Run run = run(jdk, Map.of(), "version");

        assertThat(run.output().lines())
                .containsExactly(
                        "First use: building (some minutes; Maven fetches what it needs) …",
                        "  Sallyport Tools ",
                        "This JDK does not say which it is (it has no file release): starts are as they were.",
                        jdk + "/bin/java -jar " + jar("gateway") + " version");
        assertThat(Files.readString(folder.resolve("asked")).strip())
                .isEqualTo(jdk + " -pl tools,sandbox,gateway -am package -DskipTests -Dsallyport.commit=unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo no network; exit 1 | the build failed: run ./mvnw package to see why",
                "exit 0 | the build gave no jar: run ./mvnw package to see why",
            })
    void a_build_that_gives_nothing_to_run_ends_it(String build, String told) throws Exception {
        Files.delete(jar("gateway"));
        mvnw(build);

        Run run = run(jdk("named", "17"), Map.of(), "version");

        assertThat(run.output()).endsWith("sallyport: " + told + "\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void preparing_that_fails_stops_nothing_and_says_where_to_look() throws Exception {
        Path jdk = jdk("named", "17");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=17");

        Run prepared = run(jdk, Map.of(), "prepare");
        Run run = run(jdk, Map.of(), "version");

        assertThat(prepared.output())
                .startsWith("Preparing fast starts")
                .containsPattern("That failed, starts are as they were: see \\S+/gateway/target/fast-start/\\S+/log\n");
        assertThat(prepared.status()).isEqualTo(1);
        assertThat(run.output()).isEqualTo(jdk + "/bin/java -jar " + jar("gateway") + " version\n");
    }

    @ParameterizedTest
    @CsvSource({
        "17, -Djava.library.path=%2$s -XX:SharedArchiveFile=%1$s -Xlog:cds*=off " + LATE_COMPILER,
        "25, --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Djdk.reflect.useNativeAccessorOnly=true"
                + " -Djava.library.path=%2$s -XX:AOTCache=%1$s -Xlog:aot*=off"
                + " %3$s",
    })
    void what_was_prepared_is_used_by_this_jar_on_this_jdk_alone(String version, String flags) throws Exception {
        Path jdk = jdk("named", version);
        Path release = Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"");
        Path prepared = prepared(jdk);
        Path archive = prepared.resolve("archive");

        Run run = run(jdk, Map.of("JAVA_OPTS", "-Xmx64m"), "run --config a.yml");
        Run other = run(jdk, Map.of(), "contracts replay calls");
        Files.writeString(release, "JAVA_VERSION=\"" + version + ".0.1\"");
        Run onOtherJdk = run(jdk, Map.of(), "run");
        Files.writeString(release, "JAVA_VERSION=\"" + version + "\"");
        Files.writeString(jar("gateway"), "built again");
        Run withOtherJar = run(jdk, Map.of(), "run");

        assertThat(run.output())
                .isEqualTo("%s/bin/java %s -Xmx64m -jar %s run --config a.yml\n"
                        .formatted(
                                jdk,
                                flags.formatted(archive, prepared.resolve("native"), lateCompilerOfTheImage()),
                                prepared.resolve("layout/gateway.jar")));
        assertThat(other.output()).doesNotContain("archive").endsWith(jar("tools") + " contracts replay calls\n");
        assertThat(onOtherJdk.output()).doesNotContain("archive").endsWith("-jar " + jar("gateway") + " run\n");
        assertThat(withOtherJar.output()).doesNotContain("archive").endsWith("-jar " + jar("gateway") + " run\n");
    }

    /** JDK 25 ends at once if it is given two archives, or one and told to use none. */
    @ParameterizedTest
    @CsvSource({
        "JAVA_OPTS, -Xshare:off",
        "JAVA_OPTS, -XX:SharedArchiveFile=/of/the/user",
        "JAVA_OPTS, -XX:AOTCacheOutput=/of/the/user",
        "JAVA_OPTS, -XX:DumpLoadedClassList=/of/the/user",
        "JAVA_TOOL_OPTIONS, -Xshare:auto",
        "JDK_JAVA_OPTIONS, -Xshare:auto",
        "_JAVA_OPTIONS, -Xshare:auto",
    })
    void what_was_prepared_is_left_to_users_whose_flags_speak_of_archives(String variable, String flag)
            throws Exception {
        Path jdk = jdk("named", "25");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=25");
        prepared(jdk);

        Run run = run(jdk, Map.of(variable, flag), "run");

        assertThat(run.output()).doesNotContain("-XX:AOTCache=").endsWith("-jar " + jar("gateway") + " run\n");
    }

    @Test
    void what_was_prepared_and_is_gone_in_part_is_not_used() throws Exception {
        Path jdk = jdk("named", "17");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=17");
        Files.delete(prepared(jdk).resolve("layout/gateway.jar"));

        Run run = run(jdk, Map.of(), "run");

        assertThat(run.output()).isEqualTo(jdk + "/bin/java " + LATE_COMPILER + " -jar " + jar("gateway") + " run\n");
    }

    private static String lateCompilerOfTheImage() throws IOException {
        return Files.readAllLines(Path.of("../deploy/image/java.options")).stream()
                .filter(line -> line.startsWith("-XX:Tier"))
                .collect(Collectors.joining(" "));
    }

    private Path prepared(Path jdk) throws Exception {
        run(jdk, Map.of(), "prepare");
        try (var folders = Files.list(folder.resolve("gateway/target/fast-start"))) {
            Path prepared = folders.findFirst().orElseThrow();
            Files.createFile(Files.createDirectories(prepared.resolve("layout")).resolve("gateway.jar"));
            Files.createFile(prepared.resolve("archive"));
            return prepared;
        }
    }

    private Path jar(String module) {
        return folder.resolve(module + "/target/sallyport-" + module + "-1-app.jar");
    }

    /** One whose java says its version, or else what it was asked to run. */
    private Path jdk(String name, String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name + "/bin"));
        program(bin.resolve("java"), """
                case "$1" in
                  -XshowSettings:*) echo "    java.specification.version = %s" >&2 ;;
                  *) echo "$0 $*" ;;
                esac
                """.formatted(version));
        program(bin.resolve("javac"), "exit 1");
        return folder.resolve(name);
    }

    private void mvnw(String lines) throws IOException {
        program(folder.resolve("mvnw"), lines);
    }

    private static void program(Path file, String lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + lines);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Run run(@Nullable Path javaHome, Map<String, String> environment, String arguments) throws Exception {
        var builder = new ProcessBuilder("bash", "-c", "./sallyport " + arguments)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().remove("JAVA_HOME");
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}

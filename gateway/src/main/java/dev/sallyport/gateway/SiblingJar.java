package dev.sallyport.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jar of another program of this product. The sandbox shares no code with the gateway, and what the tools do is nothing
 * that a gateway needs. Looked for beside this jar, and where the build puts it.
 */
final class SiblingJar {
    private final String program;

    /** @param program its module, such as {@code tools} */
    SiblingJar(String program) {
        this.program = program;
    }

    /** The jar that this process runs. */
    static Path own() {
        String location = SiblingJar.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .replaceFirst("^nested:", "")
                .replaceFirst("/!BOOT-INF.*$", "");
        return Path.of(URLDecoder.decode(location.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Runs a verb of it in this terminal; returns its exit status. */
    int run(String verb, List<String> arguments) throws IOException, InterruptedException {
        Optional<Path> jar = jar();
        if (jar.isEmpty()) {
            System.err.println("sallyport: " + verb + " needs sallyport-" + program
                    + "-*-app.jar, which is not in the folder of this jar");
            return 1;
        }
        List<String> command = java();
        command.add("-jar");
        command.add(jar.get().toString());
        command.add(verb);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(process)));
        return process.waitFor();
    }

    /** With the flags of this process; an agent, such as a debugger's, is for this one alone. */
    private static List<String> java() {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
                .forEach(java::add);
        return java;
    }

    /** What this process is told to do, Ctrl-C aside, the other does not hear of. */
    private static void endWith(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException ending) {
            process.destroyForcibly();
        }
    }

    private Optional<Path> jar() throws IOException {
        Path own = own();
        for (Path folder : List.of(
                own.resolve("..").normalize(),
                own.resolve("../../..").resolve(program).resolve("target").normalize())) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> jar = files.filter(file ->
                                    file.getFileName().toString().matches("sallyport-" + program + "-.*-app\\.jar"))
                            .findFirst();
                    if (jar.isPresent()) {
                        return jar;
                    }
                }
            }
        }
        return Optional.empty();
    }
}

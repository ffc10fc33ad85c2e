package dev.sallyport.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Verbs of the sandbox, which is a program of its own: the stand-in provider shares no code with the gateway. Looked for
 * beside this jar, and where the build puts it.
 */
final class SandboxProcess {
    private SandboxProcess() {}

    /** Runs a verb of the sandbox's jar in this terminal; returns its exit status. */
    static int run(String verb, List<String> arguments) throws IOException, InterruptedException {
        Path own = Path.of(SandboxProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .replaceFirst("^nested:", "")
                .replaceFirst("/!BOOT-INF.*$", ""));
        Optional<Path> jar = sandboxJar(own);
        if (jar.isEmpty()) {
            System.err.println("sallyport: the sandbox's jar is not beside this one; " + verb + " needs it");
            return 1;
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar"));
        command.add(jar.get().toString());
        command.add(verb);
        if (verb.equals("demo")) {
            command.add("--gateway=" + own);
        }
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(process)));
        return process.waitFor();
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

    private static Optional<Path> sandboxJar(Path own) throws IOException {
        for (Path folder : List.of(
                own.resolve("..").normalize(),
                own.resolve("../../../sandbox/target").normalize())) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> jar = files.filter(
                                    file -> file.getFileName().toString().matches("sallyport-sandbox-.*-app\\.jar"))
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

package dev.sallyport.gateway.settings;

import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.yaml.SettingsYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** An environment with one settings file, and environment variables if wanted; nothing of the machine's own. */
final class SettingsFile {
    /** The least that starts a gateway; more sections of it may follow. */
    static final String LEAST = """
            sallyport:
              provider:
                base-url: https://test.stytch.com
            """;

    private final Path path;
    private final StandardEnvironment environment = new StandardEnvironment();

    SettingsFile(Path folder, String yaml) {
        this.path = folder.resolve("sallyport.yml");
        try {
            Files.writeString(path, yaml);
            environment.getPropertySources().remove("systemProperties");
            with(Map.of());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    SettingsFile with(Map<String, Object> variables) {
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
        return this;
    }

    SettingsReader reader() {
        environment.getPropertySources().remove("file");
        new SettingsYaml()
                .load("file", new FileSystemResource(path))
                .forEach(environment.getPropertySources()::addLast);
        return new SettingsReader(environment);
    }

    /** What is wrong, line by line; the file by its name alone. Empty if all is well. */
    List<String> problems() {
        try {
            reader().read();
            return List.of();
        } catch (SettingsException wrong) {
            return wrong.problems().stream()
                    .map(problem -> problem.toString().replace(path.toString(), "sallyport.yml"))
                    .toList();
        }
    }
}

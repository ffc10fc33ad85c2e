package dev.sallyport.gateway.tls;

import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Files that settings of TLS name, below one key. */
final class SslFiles {
    private static final String TEXT = "-----BEGIN";

    private final Binder binder;

    SslFiles(Binder binder) {
        this.binder = binder;
    }

    /** Those that cannot be read; texts in place of a file are passed over. */
    List<SettingsProblem> unreadable(String key, Stream<String> names) {
        return names.map(name -> key + "." + name)
                .filter(full -> !isReadable(value(full)))
                .map(full -> new SettingsProblem(full, "", "must be a file that can be read, was " + value(full)))
                .toList();
    }

    private String value(String key) {
        return binder.bind(key, String.class).orElse("");
    }

    private static boolean isReadable(String value) {
        if (value.isEmpty() || value.contains(TEXT)) {
            return true;
        }
        Resource file =
                value.contains(":") ? new DefaultResourceLoader().getResource(value) : new FileSystemResource(value);
        return file.isReadable();
    }
}

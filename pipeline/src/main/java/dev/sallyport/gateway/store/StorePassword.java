package dev.sallyport.gateway.store;

import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The password of the store: that of its URL, or the first line of a file. Blocks; not for an event loop. */
public final class StorePassword {
    private static final long LARGEST = 64L * 1024;

    private StorePassword() {}

    /** Throws an {@link InvalidSetting} if there is a file that has none. */
    public static void check(StoreSettings settings) {
        var unused = of(settings);
    }

    static Optional<Secret> of(StoreSettings settings) {
        return settings.passwordFile()
                .map(StorePassword::inFile)
                .or(() -> settings.url().flatMap(StoreUrl::password));
    }

    private static Secret inFile(String named) {
        try {
            Path file = Path.of(named);
            if (Files.size(file) <= LARGEST) {
                String password = Files.readString(file, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
                if (!password.isEmpty()) {
                    return Secret.of(password);
                }
            }
        } catch (IOException unreadable) {
            // told below
        }
        throw new InvalidSetting("sallyport.store.password-file", "a file whose first line is a password", "none");
    }
}

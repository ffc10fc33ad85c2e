package dev.sallyport.gateway.management.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Which build this is: a gauge that is always 1, so that its labels can be joined to any other metric. */
public final class BuildInfo implements MeterBinder {
    private static final String UNKNOWN = "unknown";

    private final Properties properties = new Properties();

    /** As the build noted it in {@code sallyport.properties}. */
    public BuildInfo() {
        try (@Nullable InputStream file = BuildInfo.class.getResourceAsStream("/sallyport.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String version() {
        return properties.getProperty("version", UNKNOWN);
    }

    /** The commit that was built, if the build was told by {@code -Dsallyport.commit}. */
    public String commit() {
        return properties.getProperty("commit", UNKNOWN);
    }

    /** The time that the build is dated, which is the same for every build of a commit: no clock is asked. */
    public String time() {
        return properties.getProperty("built", UNKNOWN);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sallyport.build.info", () -> 1)
                .description("Which build this is; always 1")
                .tags("version", version(), "commit", commit())
                .tags("jdk", Runtime.version().toString())
                .register(registry);
    }
}

package dev.sallyport.gateway;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.SettingsReader;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Settings for tests that need no file of them. */
public final class SettingsOf {
    private SettingsOf() {}

    /** Those of these keys, and defaults. */
    public static Settings keys(Map<String, Object> keys) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", keys));
        return new SettingsReader(environment).read();
    }
}

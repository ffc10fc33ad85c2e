package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.Settings;
import dev.sallyport.config.telemetry.TelemetryOnSettings;
import java.lang.reflect.RecordComponent;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyNameAliases;

/** The section {@code telemetry.on}: YAML 1.1 takes a bare {@code on} for true, so that is what arrives as its name. */
final class YamlOn {
    private static final String WRITTEN = Settings.PREFIX + ".telemetry.on";
    private static final String ARRIVED = Settings.PREFIX + ".telemetry[true]";
    static final ConfigurationPropertyNameAliases ALIASES = aliases();

    private YamlOn() {}

    private static ConfigurationPropertyNameAliases aliases() {
        var aliases = new ConfigurationPropertyNameAliases();
        aliases.addAliases(ARRIVED, WRITTEN);
        for (RecordComponent component : TelemetryOnSettings.class.getRecordComponents()) {
            String name = DataObjectPropertyName.toDashedForm(component.getName());
            aliases.addAliases(ARRIVED + "." + name, WRITTEN + "." + name);
        }
        return aliases;
    }

    /** A key as an operator wrote it, be it one of the section or not. */
    static String asWritten(ConfigurationPropertyName name) {
        String arrived = name.toString();
        boolean isOfSection = arrived.equals(ARRIVED) || arrived.startsWith(ARRIVED + ".");
        return isOfSection ? WRITTEN + arrived.substring(ARRIVED.length()) : arrived;
    }

    /** Whether it is a setting under the name that arrived. */
    static boolean isKnown(ConfigurationPropertyName name) {
        return !ALIASES.getAliases(name).isEmpty();
    }
}

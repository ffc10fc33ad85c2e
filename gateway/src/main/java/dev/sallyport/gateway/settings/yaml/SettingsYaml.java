package dev.sallyport.gateway.settings.yaml;

import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Takes the place of Spring's own reader of YAML, for whichever file Spring finds or is told of: reads as it does, and tells a
 * mistake with the file's name. {@code META-INF/spring.factories} names it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class SettingsYaml implements PropertySourceLoader {
    private final PropertySourceLoader springs = new YamlPropertySourceLoader();

    @Override
    public String[] getFileExtensions() {
        return springs.getFileExtensions();
    }

    @Override
    public List<PropertySource<?>> load(String name, Resource file) {
        try {
            List<SettingsProblem> repeated = new RepeatedKeys(file).problems();
            if (!repeated.isEmpty()) {
                throw new SettingsException(repeated);
            }
            return springs.load(name, file);
        } catch (YAMLException broken) {
            throw BrokenYaml.exception(file, broken);
        } catch (CharacterCodingException noText) {
            throw BrokenYaml.exception(file, new YAMLException(noText));
        } catch (IOException unreadable) {
            throw BrokenYaml.unreadable(file, unreadable);
        }
    }
}

package dev.sallyport.gateway.settings.yaml;

import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.Mark;

/** A place in a file that YAML was read from, as an editor finds it. */
final class YamlPlace {
    private YamlPlace() {}

    static String of(Resource file, @Nullable Mark mark) {
        String path = PropertyOrigins.of(file);
        return mark == null ? path : path + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}

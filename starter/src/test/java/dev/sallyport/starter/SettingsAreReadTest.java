package dev.sallyport.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sallyport.config.Settings;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A setting either does something in an application with the starter, or is refused there: one that is taken and ignored looks as if it
 * were in force.
 */
final class SettingsAreReadTest {
    /** Without the product's own module, which is not on the starter's class path. */
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sallyport");

    @Test
    void what_only_the_product_reads_is_refused() {
        List<String> unread = unread(Settings.class, "").toList();

        assertThat(unread).isNotEmpty();
        assertThat(unread).filteredOn(key -> !isRefused(key)).isEmpty();
    }

    @Test
    void what_is_refused_is_a_setting() {
        assertThat(keys(Settings.class, "").toList()).containsAll(StarterSettings.OF_THE_PRODUCT);
    }

    private static boolean isRefused(String key) {
        return StarterSettings.OF_THE_PRODUCT.stream()
                .anyMatch(refused -> key.equals(refused) || key.startsWith(refused + "."));
    }

    private static Stream<String> unread(Class<?> record, String prefix) {
        return Stream.of(record.getRecordComponents()).flatMap(component -> {
            String key = prefix + kebab(component.getName());
            if (!isRead(record, component)) {
                return Stream.of(key);
            }
            return isGroup(component) ? unread(component.getType(), key + ".") : Stream.empty();
        });
    }

    private static Stream<String> keys(Class<?> record, String prefix) {
        return Stream.of(record.getRecordComponents()).flatMap(component -> {
            String key = prefix + kebab(component.getName());
            Stream<String> below = isGroup(component) ? keys(component.getType(), key + ".") : Stream.empty();
            return Stream.concat(Stream.of(key), below);
        });
    }

    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord()
                && component.getType().getSimpleName().endsWith("Settings");
    }

    /** By its accessor from outside, or by a method of the record that says more than the component itself. */
    private static boolean isRead(Class<?> record, RecordComponent component) {
        JavaClass owner = OURS.get(record);
        JavaField field = owner.getField(component.getName());
        return owner.getMethod(component.getName()).getAccessesToSelf().stream()
                        .map(JavaAccess::getOriginOwner)
                        .anyMatch(reader -> !reader.equals(owner))
                || field.getAccessesToSelf().stream()
                        .filter(access -> access.getOrigin().isMethod())
                        .anyMatch(access -> !isAccessor(access.getOrigin(), component));
    }

    private static boolean isAccessor(JavaCodeUnit method, RecordComponent component) {
        return method.getName().equals(component.getName())
                && method.getRawParameterTypes().isEmpty();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

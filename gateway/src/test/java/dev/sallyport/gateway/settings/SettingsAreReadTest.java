package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A setting that is checked and documented, and that nothing acts on, is worse than none. */
final class SettingsAreReadTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sallyport");

    /** They copy and compare whole settings. */
    private static final Set<String> COPYING = Set.of("LiveSettings");

    @Test
    void every_component_of_the_settings_is_read_by_what_acts_on_it() {
        List<String> unread = components()
                .filter(component -> !isRead(component))
                .map(JavaField::getFullName)
                .toList();

        assertThat(components()).hasSizeGreaterThan(70);
        assertThat(unread).isEmpty();
    }

    private static Stream<JavaField> components() {
        return OURS.stream()
                .filter(JavaClass::isRecord)
                .filter(record -> record.getPackageName().startsWith("dev.sallyport.config"))
                .filter(record -> record.getSimpleName().endsWith("Settings"))
                .flatMap(record -> record.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC));
    }

    /** By its accessor from outside, or by a method of the record that says more than the component itself. */
    private static boolean isRead(JavaField component) {
        JavaClass record = component.getOwner();
        boolean fromOutside = record.getMethod(component.getName()).getAccessesToSelf().stream()
                .map(JavaAccess::getOriginOwner)
                .anyMatch(reader -> !reader.equals(record) && !COPYING.contains(reader.getSimpleName()));
        boolean byTheRecord = component.getAccessesToSelf().stream()
                .filter(access -> access.getOrigin().isMethod())
                .anyMatch(access -> !isAccessor(access.getOrigin(), component));
        return fromOutside || byTheRecord;
    }

    private static boolean isAccessor(JavaCodeUnit method, JavaField component) {
        return method.getName().equals(component.getName())
                && method.getRawParameterTypes().isEmpty();
    }
}

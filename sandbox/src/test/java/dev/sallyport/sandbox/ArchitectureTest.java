package dev.sallyport.sandbox;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sallyport.sandbox");

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.sallyport.(**)")
                .should()
                .beFreeOfCycles()
                .because("the arrows between packages go one way")
                .check(OURS);
    }
}

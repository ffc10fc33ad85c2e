package dev.sallyport.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sallyport.starter");

    @Test
    void the_edge_towards_a_route_knows_nothing_of_beans() {
        noClasses()
                .that()
                .resideInAPackage("dev.sallyport.starter.route..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.sallyport.starter", "org.springframework.beans..", "org.springframework.boot..")
                .because("what is made of the settings is handed to it")
                .check(OURS);
    }
}

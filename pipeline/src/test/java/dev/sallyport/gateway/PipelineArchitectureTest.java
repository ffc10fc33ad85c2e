package dev.sallyport.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class PipelineArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sallyport.gateway");

    @Test
    void what_more_than_one_edge_uses_knows_none_of_them() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.cloud..",
                        "org.springframework.web..",
                        "org.springframework.http..",
                        "reactor.netty.http.server..")
                .because("each edge brings its own server")
                .check(OURS);
    }

    @Test
    void the_way_to_the_provider_knows_nothing_of_callers() {
        noClasses()
                .that()
                .resideInAPackage("dev.sallyport.gateway.provider..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.sallyport.gateway.edge..", "dev.sallyport.gateway.assembly..")
                .because("what both need lies beside them")
                .check(OURS);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.sallyport.(**)")
                .should()
                .beFreeOfCycles()
                .because("the arrows between packages go one way")
                .check(OURS);
    }
}

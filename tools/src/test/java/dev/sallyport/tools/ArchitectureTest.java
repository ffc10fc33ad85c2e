package dev.sallyport.tools;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sallyport.tools");

    private static Stream<String> packages() {
        return OURS.stream().map(JavaClass::getPackageName).distinct();
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.sallyport.(**)")
                .should()
                .beFreeOfCycles()
                .because("the arrows between packages go one way")
                .check(OURS);
    }

    @Test
    void import_and_replay_never_know_each_other() {
        noClasses()
                .that()
                .resideInAPackage("dev.sallyport.tools.openapi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sallyport.tools.replay..")
                .because("to change one tool, one package is opened")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("dev.sallyport.tools.replay..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sallyport.tools.openapi..")
                .because("to change one tool, one package is opened")
                .check(OURS);
    }

    @Test
    void tools_know_no_framework_and_no_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "reactor.netty..",
                        "io.netty..",
                        "dev.sallyport.gateway..",
                        "dev.sallyport.sandbox..")
                .because("what makes and tries packs needs no server")
                .check(OURS);
    }

    @Test
    void classes_are_final_or_cannot_be_extended_from_outside() {
        classes()
                .that(not(INTERFACES))
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and(not(JavaClass.Predicates.assignableTo(Enum.class)))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("what is not made for inheritance forbids it")
                .check(OURS);
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Service|Processor|Data|Info)")
                .because("such names say nothing of what a class is for")
                .check(OURS);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void every_package_is_null_marked_and_introduced(String name) throws ClassNotFoundException {
        Class<?> info = Class.forName(name + ".package-info");

        assertThat(info.isAnnotationPresent(NullMarked.class))
                .as("NullAway looks into null-marked packages only")
                .isTrue();
    }
}

package dev.sallyport;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.sallyport.call",
                    "dev.sallyport.relay",
                    "dev.sallyport.caller",
                    "dev.sallyport.json",
                    "dev.sallyport.rejection",
                    "dev.sallyport.contract",
                    "dev.sallyport.token",
                    "dev.sallyport.telemetry",
                    "dev.sallyport.resilience",
                    "dev.sallyport.store",
                    "dev.sallyport.ratelimit",
                    "dev.sallyport.overload",
                    "dev.sallyport.observe",
                    "dev.sallyport.project",
                    "dev.sallyport.capture",
                    "dev.sallyport.idempotency",
                    "dev.sallyport.kept");

    private static Stream<String> packages() {
        return OURS.stream().map(JavaClass::getPackageName).distinct();
    }

    @Test
    void rejections_know_nothing_of_ours() {
        mayUseOfOurs("rejection", "a refusal is a value that every part may hold");
    }

    @Test
    void calls_know_rejections_only() {
        mayUseOfOurs("call", "the model is the ground that every slice stands on", "rejection");
    }

    @Test
    void relays_know_calls_only() {
        mayUseOfOurs("relay", "a reply goes back in the same way through every slice", "call", "rejection");
    }

    @Test
    void json_knows_calls_only() {
        mayUseOfOurs("json", "JSON is read and written the same whatever it is for", "call", "rejection");
    }

    @Test
    void the_shared_store_knows_nothing_of_ours() {
        mayUseOfOurs("store", "it keeps what others make of it");
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
    void contracts_know_calls_rejections_and_settings_only() {
        mayUseOfOurs("contract", "a promise is kept or broken by itself", "call", "json", "rejection", "config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "caller",
                "telemetry",
                "resilience",
                "ratelimit",
                "overload",
                "observe",
                "project",
                "capture",
                "idempotency",
                "kept"
            })
    void slices_never_know_each_other(String slice) {
        mayUseOfOurs(
                slice,
                "to change one slice, one package is opened",
                "call",
                "relay",
                "json",
                "rejection",
                "contract",
                "config",
                "store");
    }

    @Test
    void filters_know_no_framework_and_no_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "reactor.netty..", "io.netty..")
                .because("servers, clients and frameworks live in gateway")
                .check(OURS);
    }

    @Test
    void calls_are_read_by_one_mapper() {
        noClasses()
                .that(not(JavaClass.Predicates.simpleName("Trees")))
                .and()
                .resideOutsideOfPackages(
                        "dev.sallyport.contract.file",
                        "dev.sallyport.contract.openapi",
                        "dev.sallyport.contract.pack",
                        "dev.sallyport.contract.schema.file")
                .and()
                .resideOutsideOfPackage("dev.sallyport.capture..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectMapper.class)
                .because("a mapper waits for a lock when it is first used, as an event loop must not")
                .check(OURS);
    }

    @Test
    void decisions_know_no_reactor() {
        classes()
                .that()
                .haveNameMatching(
                        ".*\\.(RetryDecision|RetryBudget|Hold|ProviderHolds|Outcome|IdempotencyKey|CallKeys|Keyring|AnswerForm|Hkdf|AdaptiveLimit|ConcurrencyLimiter|GradualShedding|LimitWindows|TokenCheck|SignatureCheck|AccessTokenCheck|Grant|Presented|ApiKey|KnownCallers|FailedCalls|RuleSpec|OnePassCheck|ByteWalk|DocumentWalk|SchemaCompiler|MemberInjection|TelemetryDecision|LookupReply|DeviceBinding|ResultHeaders|Masking|CaptureLine|CompactJson|KeySet|PublishedKeys|KeptKey|KeptReply|LastGoodReplies|KeyState|KeyTiming|UnknownKidThrottle|SavedKeys)(\\$.*)?")
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("reactor..", "org.reactivestreams..")))
                .because("a decision takes all it needs as arguments and returns a value")
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
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT) // nothing else is made for inheritance
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

    @Test
    void filters_are_called_filters() {
        classes()
                .that()
                .implement(dev.sallyport.call.Filter.class)
                .should()
                .haveSimpleNameEndingWith("Filter")
                .because("the stack is read by name")
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

    private static void mayUseOfOurs(String slice, String because, String... allowed) {
        List<String> may = Stream.concat(Stream.of(slice), Stream.of(allowed))
                .map(name -> "dev.sallyport." + name + "..")
                .toList();
        noClasses()
                .that()
                .resideInAPackage("dev.sallyport." + slice + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.sallyport..").and(not(resideInAnyPackage(may.toArray(String[]::new)))))
                .because(because)
                .check(OURS);
    }
}

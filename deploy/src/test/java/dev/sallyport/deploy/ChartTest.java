package dev.sallyport.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The chart, by Helm: what it makes of three sets of values, and what it refuses. {@code deploy/check} holds it against Kubernetes. */
final class ChartTest {
    private static final Path CHART = Path.of("helm/sallyport");
    private static final Path RULES = Path.of("prometheus");
    private static final Path RENDERS = Path.of("src/test/resources/dev/sallyport/deploy/renders");
    private static final Helm HELM = new Helm(CHART);

    @Test
    void helm_has_nothing_to_say_against_it() {
        LintResult result = HELM.lint().strict().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "production", "pack"})
    void what_it_makes_of_values_is_what_was_reviewed(String name) throws IOException {
        String made = withoutAlerts(render(name).call());

        Path written = Files.createDirectories(Path.of("target/renders")).resolve(name + ".yaml");
        Files.writeString(written, made);
        assertThat(made)
                .as("if this change is meant: cp deploy/%s deploy/%s/", written, RENDERS)
                .isEqualTo(Files.readString(RENDERS.resolve(name + ".yaml")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replica=3 | replica",
                "networkPolicy.caller=x | caller",
                "replicas=0 | replicas",
                "image.digest=latest | digest",
                "service.scheme=ftp | scheme",
                "packs.acme.catalogue=x | catalog.yml",
                "settings.sallyport.drain.delay=1s | drain.delaySeconds",
                "settings.sallyport.provider.base-url= | provider.base-url: is required",
                "httpRoute.enabled=true | httpRoute.parentRefs",
                "ingress.enabled=true | ingress.hosts",
            })
    void what_it_does_not_know_or_cannot_serve_with_is_refused(String setting, String told) {
        int equals = setting.indexOf('=');
        TemplateCommand template =
                template().withName("r").set(setting.substring(0, equals), setting.substring(equals + 1));

        assertThatThrownBy(template::call).hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "production", "pack"})
    void a_pod_is_given_longer_than_its_drain_takes(String name) throws IOException {
        JsonNode pod = only("Deployment", render(name).call()).at("/spec/template/spec");

        JsonNode arguments = pod.at("/containers/0/args");
        long drain = seconds(arguments, "--sallyport.drain.delay=") + seconds(arguments, "--sallyport.drain.grace=");
        assertThat(pod.at("/terminationGracePeriodSeconds").asLong()).isGreaterThan(drain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "production", "pack"})
    void the_container_may_do_nothing_but_its_work(String name) throws IOException {
        String made = render(name).call();

        JsonNode pod = only("Deployment", made).at("/spec/template/spec");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/containers")).hasSize(1);
        JsonNode security = pod.at("/containers/0/securityContext");
        assertThat(security.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
    }

    @Test
    void alerts_are_those_that_are_tried() throws IOException {
        List<JsonNode> made = all("PrometheusRule", render("production").call()).stream()
                .map(rule -> rule.at("/spec"))
                .toList();

        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(
                        rules().stream().map(YAMLMapper.shared()::readTree).toList());
    }

    @Test
    void it_tells_the_same_version_as_the_build() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(pom)
                .contains("<version>"
                        + YAMLMapper.shared()
                                .readTree(CHART.resolve("Chart.yaml"))
                                .at("/appVersion")
                                .asString());
    }

    /** They change more often than the chart, and are compared with their sources. */
    private static String withoutAlerts(String made) {
        return Pattern.compile("^---\n", Pattern.MULTILINE)
                .splitAsStream(made)
                .filter(document -> !document.contains("\nkind: PrometheusRule\n"))
                .collect(Collectors.joining("---\n"));
    }

    private static List<Path> rules() throws IOException {
        try (Stream<Path> files = Files.list(RULES)) {
            return files.filter(file -> file.toString().endsWith(".rules.yml")).toList();
        }
    }

    private static TemplateCommand render(String values) {
        return template()
                .withName("auth")
                .withNamespace("sessions")
                .withValuesFile(CHART.resolve("ci").resolve(values + "-values.yaml"));
    }

    /** For a cluster of today; without one to ask, Helm takes it for a very old one. */
    private static TemplateCommand template() {
        return HELM.template().withKubeVersion("1.34.0");
    }

    private static JsonNode only(String kind, String made) throws IOException {
        List<JsonNode> found = all(kind, made);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<JsonNode> all(String kind, String made) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAMLMapper.shared().readerFor(JsonNode.class).readValues(made)) {
            return documents.readAll().stream()
                    .filter(document -> document.at("/kind").asString().equals(kind))
                    .toList();
        }
    }

    private static long seconds(JsonNode arguments, String start) {
        return arguments
                .valueStream()
                .map(JsonNode::asString)
                .filter(argument -> argument.startsWith(start))
                .mapToLong(argument ->
                        Long.parseLong(argument.substring(start.length()).replace("s", "")))
                .sum();
    }
}

package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.caller.KeyHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making keys for callers, and what {@code check} says of callers. */
final class CallerCommandsTest {
    private static final String HASH_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Pattern PRINTED =
            Pattern.compile("key:  (sallyport_([0-9a-f]{12})_[A-Za-z0-9_-]{43})\nhash: (\\2:[A-Za-z0-9_-]{43})\n");
    private static final String GOOD = """
            sallyport:
              provider:
                base-url: http://127.0.0.1:1
                credentials: replace
                projects: [{ id: project-1, secret: secret-of-the-provider }]
              callers:
                hash-keys: ["%s"]
                list:
                  - name: billing
                    keys: ["<hash>"]
                    operations: ["*"]
                    projects: ["*"]
                    organizations: ["*"]
            """.formatted(HASH_KEY);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void a_new_key_is_another_each_time_and_its_hash_is_taken_by_the_settings() throws Exception {
        CommandRun one = CommandRun.of("key", "new", "--sallyport.callers.hash-keys[0]=" + HASH_KEY);
        CommandRun other = CommandRun.of("key", "new", "--sallyport.callers.hash-keys[0]=" + HASH_KEY);

        Matcher printed = PRINTED.matcher(one.out());
        assertThat(printed.matches()).as(one.out() + one.err()).isTrue();
        assertThat(other.out()).matches(PRINTED).isNotEqualTo(one.out());
        assertThat(KeyHash.parse(printed.group(3)).id()).isEqualTo(printed.group(2));
        CommandRun check = check(GOOD.replace("<hash>", printed.group(3)));
        assertThat(check.status()).as(check.err()).isZero();
    }

    @Test
    void no_key_is_made_without_one_to_hash_it_with_whatever_else_is_wrong() {
        CommandRun run = CommandRun.of("key", "new");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("sallyport.callers.hash-keys: must be the base64 of 32 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keys: [\"<hash>\"] | keys: [\"sallyport_0123456789ab_secret\"] | sallyport.callers.list[0].keys[0]: must be a hash as",
                "keys: [\"<hash>\"] | certificates: [\"dns:a.example.com\"] | list[0].certificates: prove nothing without TLS",
                "keys: [\"<hash>\"] | certificates: [\"nonsense\"] | list[0].certificates[0]: must be subject:",
                "keys: [\"<hash>\"] | subjects: [billing] | sallyport.callers.jwt: must be there",
                "operations: [\"*\"] | operations: [sessions.nope] | list[0].operations: sessions.nope is no operation",
                "projects: [\"*\"] | projects: [project-2] | list[0].projects: must be of sallyport.provider.projects",
                "organizations: [\"*\"] | organisations: [\"*\"] | organisations[0]: is not a setting",
                "credentials: replace | credentials: forward | secret: must be left out",
                ", secret: secret-of-the-provider | ` ` | sallyport.provider.projects[0].secret: must be there",
                "name: billing | name: Billing | list[0].name: must be 1 to 63 of",
            })
    void check_names_the_key_of_what_cannot_be_and_quotes_no_secret(String good, String wrong, String told)
            throws Exception {
        String yaml = GOOD.replace(good, wrong).replace("<hash>", "0123456789ab:" + "A".repeat(43));

        CommandRun run = check(yaml);

        assertThat(run.status()).as(run.out()).isEqualTo(1);
        assertThat(run.err()).contains(told).doesNotContain("secret-of-the-provider", HASH_KEY, "_secret", "\tat ");
    }

    @Test
    void callers_stand_in_the_pipeline_behind_limits_by_address_and_organizations_behind_the_first_door()
            throws Exception {
        String yaml = GOOD.replace("<hash>", "0123456789ab:" + "A".repeat(43))
                .replace("organizations: [\"*\"]", "organizations: [organization-1]");
        Path file = Files.writeString(folder.resolve("sallyport.yml"), yaml);

        String pipelines = CommandRun.of("check", "--pipelines", "--config", file.toString())
                .out();

        assertThat(pipelines.substring(pipelines.indexOf("b2b.sessions.exchange  POST")))
                .containsSubsequence(
                        "deadline",
                        "callers(b2b.sessions.exchange)",
                        "projects(1 listed)",
                        "requestContract",
                        "organizations(organization_id)",
                        "providerHold");
        assertThat(pipelines.substring(pipelines.indexOf("b2b.sessions.jwks  GET")))
                .containsSubsequence("anonymous", "projects(");
        assertThat(pipelines).contains("organizations({organization_id})");
    }

    private CommandRun check(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("sallyport.yml"), yaml);
        return CommandRun.of("check", "--config", file.toString());
    }
}

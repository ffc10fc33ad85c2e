package dev.sallyport.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizationTest {
    private static final String ONE = "Basic cHJvamVjdDpzZWNyZXQx";
    private static final String PADDED = "Basic cHJvamVjdDpzZWNyZXQ=";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic cHJvamVjdDpzZWNyZXQ=",
                "basic cHJvamVjdDpzZWNyZXQ=",
                "BASIC   cHJvamVjdDpzZWNyZXQ= ",
                " Basic cHJvamVjdDpzZWNyZXQ",
            })
    void basic_credentials_have_one_spelling_that_stands_for_all(String written) {
        assertThat(Authorization.canonical(written)).isEqualTo(PADDED);
    }

    @Test
    void other_credentials_are_others() {
        assertThat(Authorization.canonical(ONE)).isEqualTo(ONE);
        assertThat(CredentialKey.of("project", ONE)).isNotEqualTo(CredentialKey.of("project", PADDED));
        assertThat(CredentialKey.of("other", PADDED)).isNotEqualTo(CredentialKey.of("project", PADDED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer cHJvamVjdDpzZWNyZXQ=", "Basic", "Basic %%%", "Basically cHJvamVjdDpzZWNyZXQ", ""})
    void what_is_of_another_kind_or_cannot_be_read_stands_for_itself(String written) {
        assertThat(Authorization.canonical(written)).isEqualTo(written);
    }
}

package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ContractsOpenApiTest {
    @Test
    void a_pack_is_printed_as_a_document_of_its_operations() {
        Told told = Told.by("contracts", "openapi");

        JsonNode document = new JsonMapper().readTree(told.out());
        assertThat(told.err()).isEmpty();
        assertThat(told.status()).isZero();
        assertThat(document.path("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(document.at("/paths/~1v1~1sessions~1authenticate/post/operationId")
                        .stringValue())
                .isEqualTo("sessions.authenticate");
        assertThat(document.at("/paths/~1v1~1sessions/get/parameters/0/name").stringValue())
                .isEqualTo("user_id");
    }

    @Test
    void a_pack_that_is_not_there_is_told_in_a_line() {
        Told told = Told.by("contracts", "openapi", "packs/none");

        assertThat(told.err()).hasLineCount(1).contains("packs/none");
        assertThat(told.out()).isEmpty();
        assertThat(told.status()).isEqualTo(1);
    }
}

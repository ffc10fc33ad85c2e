package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.rejection.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither in requests nor in replies does a name differ from a member's by case alone: a parser may ignore case. */
final class NamesInAnotherCaseTest {
    private static final String SCHEMA = "{'type':'object','properties':{'kind_of_session':{'type':'string'},"
            + "'check':{'type':'object','properties':{'action':{}}},'list':{'type':'array','items':"
            + "{'type':'object','properties':{'id':{}}}},'claims':{'type':'object'}}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{'Kind_Of_Session':1}             | /Kind_Of_Session differs from /kind_of_session by case alone",
                "{'KIND_OF_SESSION':1}             | /KIND_OF_SESSION differs from /kind_of_session by case alone",
                "{'kind_of_\u017fession':1}        | /kind_of_\u017fession differs from /kind_of_session by case alone",
                "{'\u212aind_of_session':1}        | /\u212aind_of_session differs from /kind_of_session by case alone",
                "{'k\u0131nd_of_session':1}        | /k\u0131nd_of_session differs from /kind_of_session by case alone",
                "{'check':{'Action':1}}            | /check/Action differs from /check/action by case alone",
                "{'list':[{},{'ID':1}]}            | /list/1/ID differs from /list/1/id by case alone",
                "{'claims':{'Kind_Of_Session':1}}  | -",
                "{'kind-of-session':1}             | -",
                "{'kind_of_session':'x','other':1} | -",
            })
    void a_name_in_another_case_breaks_the_contract(String body, @Nullable String expected) {
        for (String more : new String[] {"}", ",'minProperties':1}"}) {
            assertThat(told(request(SCHEMA + more, body))).isEqualTo(expected == null ? "" : expected);
        }
        String byLibrary = SCHEMA + ",'patternProperties':{'^x-':{}}}";
        assertThat(told(request(byLibrary, body))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", ",'additionalProperties':false}"})
    void it_is_told_once(String more) {
        assertThat(told(request(SCHEMA + more, "{'Claims':{}}")))
                .isEqualTo("/Claims differs from /claims by case alone");
    }

    @Test
    void a_query_is_read_alike() {
        Contract contract = contract("GET", "{'type':'object','properties':{'user_id':{'type':'string'}}}");
        Reading query = contract.readRequest("user_id=a&User_Id=b".getBytes(StandardCharsets.UTF_8));

        assertThat(told(query)).isEqualTo("/User_Id is a query parameter that differs from /user_id by case alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'known':1,'Known':2} | /Known differs from /known by case alone",
                "{'\u212anown':1}      | /\u212anown differs from /known by case alone",
                "{'other':1,'Other':2} | ``",
            })
    void a_reply_is_read_alike(String body, String expected) {
        Contract contract = contract("POST", "{'type':'object'}");

        assertThat(told(contract.readReply(PackFolder.json(body)))).isEqualTo(expected);
    }

    private Reading request(String schema, String body) {
        return contract("POST", schema).readRequest(PackFolder.json(body));
    }

    private Contract contract(String method, String schema) {
        return new PackFolder(folder)
                .withExact(
                        "catalog.yml",
                        "description: names\nerror-url: https://errors.invalid\noperations:\n" + "  op: {method: "
                                + method + ", path: /op}\n")
                .with("op/request.schema.json", schema)
                .with("op/reply.schema.json", "{'type':'object','properties':{'known':{}}}")
                .contract("op");
    }

    private static String told(Reading reading) {
        return PackFolder.document(reading).violations().stream()
                .map(NamesInAnotherCaseTest::told)
                .reduce("", (some, more) -> some + more);
    }

    private static String told(Violation violation) {
        return violation.at() + " " + violation.message();
    }
}

package dev.sallyport.tools.openapi.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.tools.openapi.Documents;
import dev.sallyport.tools.openapi.document.DocumentProblem;
import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.pack.NewPack.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NewPackTest {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ContractCatalog yaml30;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ContractCatalog json31;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeAll
    static void write(@TempDir Path packs) throws IOException {
        yaml30 = Documents.written(Documents.resource("box-office-3.0.yml"), packs.resolve("yaml"));
        json31 = Documents.written(Documents.resource("box-office-3.1.json"), packs.resolve("json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shows.list  | request | city=Ulm                                              |
            shows.list  | request | city=Ulm&limit=10&open=true&order=price&unknown=1     |
            shows.list  | request | limit=10                                              | /city required
            shows.list  | request | city=                                                 | /city minLength
            shows.list  | request | city=Ulm&limit=ten                                    | /limit type
            shows.list  | request | city=Ulm&open=yes                                     | /open type
            shows.list  | request | city=Ulm&limit=101                                    | /limit maximum
            shows.list  | request | city=Ulm&tags=a&tags=b                                |
            shows.list  | request | city=Ulm&order=best                                   | /order enum
            shows.list  | reply   | [{'title':'Faust','price':9.5}]                       |
            shows.list  | reply   | [{'title':'F','price':1,'subtitle':null,'genre':null,'venue':null}] |
            shows.list  | reply   | [{'title':'F','price':1,'venue':{'hall':'A'}}]        |
            shows.list  | reply   | [{'title':'F','price':1,'venue':{'hall':1}}]          | /0/venue/hall type
            shows.list  | reply   | [{'title':'F','price':0}]                             | /0/price exclusiveMinimum
            shows.list  | reply   | [{'title':'F','price':500}]                           |
            shows.list  | reply   | [{'title':'F','price':501,'genre':'x'}]               | /0/genre enum, /0/price maximum
            shows.list  | reply   | [{'title':'F','price':1,'starts':'soon'}]             | /0/starts format
            shows.list  | reply   | [{'title':'F','price':1,'starts':'2026-11-21T20:00:00+01:00'}] |
            tickets-buy | request | {'show':'F','payment':{'kind':'credit','number':'4'}} |
            tickets-buy | request | {'show':'F','payment':{'kind':'Cash'}}                |
            tickets-buy | request | {'show':'F','payment':{'kind':'cash'}}                | /payment oneOf, /payment/kind const, /payment/kind enum, /payment/number required
            tickets-buy | request | {'show':'F','payment':{'kind':'card'}}                | /payment oneOf, /payment/kind const, /payment/number required
            tickets-buy | request | {'show':'F','payment':{'kind':'Cash'},'id':'1'}       | (whole) additionalProperties
            tickets-buy | request | {'show':'F','payment':{'kind':'Cash'},'buyer':{'name':'A','card':'4'}} |
            tickets-buy | request | {'show':'F','payment':{'kind':'Cash'},'buyer':{'name':'A','card':4}}   | /buyer/card type
            tickets-buy | request | {'show':'F','payment':{'kind':'Cash'},'seats':0}      | /seats minimum
            tickets-buy | reply   | {'id':'1','name':'A','row':1,'card':4}                |
            tickets-buy | reply   | {'name':'A','row':1}                                  | /id required
            tickets-buy | reply   | {'id':'1','name':'A'}                                 | /row required
            tickets-buy | reply   | {'id':'1','name':'A','row':1,'next':{'id':'2','name':'B'}} | /next/row required
            keys.project_id.get | reply | {'keys':[1,'a']}                                |
            keys.project_id.get | reply | {'keys':[1,1]}                                  | /keys uniqueItems
            """)
    void a_pack_of_a_3_0_document_holds_to_it(String operation, String side, String text, @Nullable String violations) {
        Contract contract = Documents.contract(yaml30, operation);

        assertThat(found(contract, side, text)).isEqualTo(listed(violations));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            seats           | reply   | {'row':1,'side':'left','pair':[1,'A'],'anything':7}  |
            seats           | reply   | {'row':null}                                         |
            seats           | reply   | {'row':0,'side':'right'}                             | /row exclusiveMinimum, /side const
            seats           | reply   | {'pair':['A','a']}                                   | /pair/0 type, /pair/1 pattern
            seats           | reply   | {'x-a':1}                                            | /x-a type
            v2.refunds.post | request | {'by':'card'}                                        |
            v2.refunds.post | request | {'by':'cash'}                                        | /note required
            v2.refunds.post | request | {'by':'card','a':1,'b':2,'c':3}                      | (whole) maxProperties
            v2.refunds.post | reply   | {'done':1}                                           |
            v2.refunds.post | reply   | {'queued':1}                                         |
            """)
    void a_pack_of_a_3_1_document_holds_to_it(String operation, String side, String text, @Nullable String violations) {
        Contract contract = Documents.contract(json31, operation);

        assertThat(found(contract, side, text)).isEqualTo(listed(violations));
    }

    @Test
    void examples_that_their_contract_accepts_are_kept_and_others_listed() throws IOException {
        Outcome outcome = Documents.write(Documents.resource("box-office-3.0.yml"), folder);

        assertThat(files())
                .contains(
                        "shows.list/examples/accepted/document-reply-one.json",
                        "shows.list/examples/accepted/document-request-parameters.json",
                        "tickets-buy/examples/accepted/document-request.json");
        assertThat(outcome.examples()).isEqualTo(3);
        assertThat(outcome.notes())
                .extracting(Note::toString)
                .contains(
                        "example  #/components/responses/Shows/content/application~1json/examples/wrong: its own contract"
                                + " refuses it: /0/price must be more than 0");
    }

    @Test
    void the_pack_tells_what_is_not_in_it() throws IOException {
        Documents.write(Documents.resource("box-office-3.0.yml"), folder);

        assertThat(folder.resolve("NOTES.md"))
                .content()
                .contains("- `#/paths/~1tickets~1notes/put`: carries a body, and only POST does here\n")
                .contains("## Examples that were not taken");
    }

    @Test
    void a_document_that_gives_no_pack_leaves_the_folder_as_it_was() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        PackDraft circle =
                Documents.draft(Documents.withSchema("3.0.3", "{allOf: [{$ref: '#/components/schemas/It'}]}"));

        assertThatThrownBy(() -> new NewPack(folder).write(circle))
                .isInstanceOf(DocumentProblem.class)
                .hasMessageStartingWith("the pack made of this document: definitions/It.schema.json at #/$ref");

        assertThat(files()).containsExactly("mine.txt");
    }

    @Test
    void writing_again_drops_examples_of_the_earlier_document_only() throws IOException {
        Documents.write(Documents.resource("box-office-3.0.yml"), folder);
        Path examples = folder.resolve("shows.list/examples/accepted");
        Files.writeString(examples.resolve("document-reply-old.json"), "{}");
        Files.writeString(examples.resolve("mine.json"), "{\"about\":\"mine\",\"reply\":[]}");

        Documents.write(Documents.resource("box-office-3.0.yml"), folder);

        assertThat(files())
                .doesNotContain("shows.list/examples/accepted/document-reply-old.json")
                .contains("shows.list/examples/accepted/mine.json");
        assertThat(Documents.read(folder).examples()).isEqualTo(4);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static List<String> found(Contract contract, String side, String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Reading reading = side.equals("request") ? contract.readRequest(bytes) : contract.readReply(bytes);
        return ((Document) reading)
                .violations().stream()
                        .map(each -> (each.at().isEmpty() ? "(whole)" : each.at()) + " " + each.keyword())
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static List<String> listed(@Nullable String violations) {
        return violations == null ? List.of() : List.of(violations.split(", "));
    }
}

package dev.sallyport.contract.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A query that no contract says anything of: the provider may read in it what was checked nowhere. */
final class UnknownQueryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"POST, login, {\"token\":\"t\"}", "GET, keys, ''"})
    void it_breaks_the_contract(String method, String operation, String body) {
        Contract contract = SmallPack.in(folder).contract(operation);

        Reply reply = sent(contract, ModeSettings.ENFORCED, method, "/x?minutes=999999", body);

        Rejection rejection = Calls.rejection(reply);
        assertThat(rejection.reason()).isEqualTo(Reason.REQUEST_BREAKS_CONTRACT);
        assertThat(rejection.message())
                .isEqualTo(
                        "The request breaks the contract of " + operation + ": the request must come without a query.");
        assertThat(heard).containsExactly("catalog.yml#/operations/" + operation + "/query true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?", "/login?&", "/login?%6d", "/login?;"})
    void one_with_nothing_in_it_does_so_as_well(String target) {
        Contract contract = SmallPack.in(folder).contract("login");

        Reply reply = sent(contract, ModeSettings.ENFORCED, "POST", target, "{\"token\":\"t\"}");

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.REQUEST_BREAKS_CONTRACT);
    }

    @Test
    void it_is_told_beside_what_is_wrong_with_the_body() {
        Contract contract = SmallPack.in(folder).contract("login");

        Reply reply = sent(contract, ModeSettings.ENFORCED, "POST", "/login?a=b", "{\"token\":1}");

        assertThat(Calls.rejection(reply).message()).contains("/token must be string", "the request must come without");
    }

    @Test
    void it_is_counted_where_the_contract_is_only_reported() {
        Contract contract = SmallPack.in(folder).contract("login");

        Reply reply = sent(contract, ModeSettings.REPORTED, "POST", "/login?a=b", "{\"token\":\"t\"}");

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("catalog.yml#/operations/login/query false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignore", "pass"})
    void a_catalog_can_say_otherwise(String query) {
        Contract contract = with("login:\n    query: " + query).contract("login");

        Reply reply = sent(contract, ModeSettings.ENFORCED, "POST", "/login?a=b", "{\"token\":\"t\"}");

        assertThat(contract.operation().query()).hasToString(query);
        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_word_that_means_nothing_stops_the_start() {
        assertThatThrownBy(() -> with("login:\n    query: drop").load())
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("has drop at operations.login.query, which is none of ignore, pass, refuse");
    }

    @Test
    void a_query_that_has_a_schema_takes_no_word_beside_it() {
        PackFolder pack = with("keys:\n    query: ignore").with("keys/request.schema.json", "{'type':'object'}");

        assertThatThrownBy(pack::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining(
                        "operations.keys: query cannot be said where request.schema.json says what is in it");
    }

    private PackFolder with(String operation) {
        String name = operation.substring(0, operation.indexOf(':') + 1);
        return SmallPack.in(folder)
                .withExact("catalog.yml", SmallPack.CATALOG.replace("  " + name + "\n", "  " + operation + "\n"));
    }

    private Reply sent(Contract contract, ModeSettings mode, String method, String target, String body) {
        var enforcement = ContractEnforcement.request(
                contract,
                ContractSettings.of(mode, mode),
                (operation, direction, violations, refused) ->
                        violations.forEach(violation -> heard.add(violation.contractPointer() + " " + refused)));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Call call = Call.of(
                contract.operation().id(),
                new RequestLine(method, target),
                Headers.NONE,
                bytes,
                new Caller("project", "192.0.2.1"));
        return Calls.through(
                new RequestReading(contract),
                call,
                new RequestContractFilter(contract, enforcement).around(any -> Mono.just(Calls.answer(200, "{}"))));
    }
}

package dev.sallyport.gateway.console.contracts;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.violations.ViolationsPage;
import dev.sallyport.gateway.console.violations.ViolationsPage.Row;
import dev.sallyport.gateway.generation.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The pages of the contract pack: a list, and one page for each operation. Reads the pack's files: blocks. */
public final class ContractPages {
    private final ConsoleSources.Contracts contracts;

    public ContractPages(ConsoleSources.Contracts contracts) {
        this.contracts = contracts;
    }

    /** The list. */
    public record ListPage(String pack, List<Entry> operations) {}

    /**
     * An operation in the list.
     *
     * @param marks how many places broke or drifted
     */
    public record Entry(String operation, String method, String path, String request, String reply, int marks) {}

    /**
     * An operation.
     *
     * @param differs whether the pack's files on disk are not those that serve
     */
    public record ContractPage(Entry entry, List<Schema> schemas, List<NamedRule> rules, boolean differs) {}

    /** One of its schemas. */
    public record Schema(String title, String file, SchemaBranch root) {}

    /**
     * A rule.
     *
     * @param marks what broke it
     */
    public record NamedRule(String name, String mode, String words, List<Row> marks) {}

    /** All operations. */
    public ListPage list() {
        Generation serving = contracts.serving().get();
        List<Entry> entries = serving.pack().catalog().contracts().stream()
                .map(contract -> entry(contract, serving))
                .sorted(java.util.Comparator.comparing(Entry::operation))
                .toList();
        return new ListPage(serving.settings().provider().pack(), entries);
    }

    /** One operation; empty if there is none of this id. */
    public Optional<ContractPage> page(String operation) {
        Generation serving = contracts.serving().get();
        return serving.pack().catalog().contract(operation).map(contract -> page(contract, serving));
    }

    private ContractPage page(Contract contract, Generation serving) {
        String id = contract.operation().id();
        List<Row> rows = ViolationsPage.rows(id, contracts.observers());
        Entry entry = entry(contract, serving);
        try {
            PackFiles files = PackFiles.of(serving.settings().provider().pack());
            boolean differs = !files.fingerprint().equals(serving.pack().fingerprint());
            JsonNode catalog = files.catalog().root();
            var tree = new SchemaTree(new SchemaFiles(files), new Marks(rows));
            return new ContractPage(
                    entry, schemas(id, files, catalog, tree), rules(contract, catalog, rows, serving), differs);
        } catch (PackProblem gone) { // the files that serve are in memory, compiled; those on disk cannot be shown
            return new ContractPage(entry, List.of(), List.of(), true);
        }
    }

    private static List<Schema> schemas(String id, PackFiles files, JsonNode catalog, SchemaTree tree) {
        Map<String, String> titled = new java.util.LinkedHashMap<>();
        titled.put(id + "/request.schema.json", "Request");
        titled.put(id + "/reply.schema.json", "Reply");
        String kind = catalog.path("operations")
                .path(id)
                .path("session-token")
                .path("kind")
                .asString("");
        titled.put(
                catalog.path("session-tokens").path(kind).path("claims").asString("none"),
                "Claims of the session token");
        List<Schema> schemas = new ArrayList<>();
        titled.forEach((file, title) -> {
            if (files.has(file)) {
                schemas.add(new Schema(title, file, tree.of(file)));
            }
        });
        return schemas;
    }

    private static List<NamedRule> rules(Contract contract, JsonNode catalog, List<Row> rows, Generation serving) {
        ContractSettings settings = serving.settings().contracts();
        boolean verified = serving.settings().sessionToken().mode() != TokenMode.OFF;
        Map<String, String> modes = new TreeMap<>(ContractEnforcement.ruleModes(contract, settings, verified));
        return modes.entrySet().stream()
                .map(rule -> new NamedRule(
                        rule.getKey(),
                        rule.getValue(),
                        RuleWords.of(catalog.path("rules").path(rule.getKey())),
                        rows.stream()
                                .filter(row -> row.rule().equals(rule.getKey()))
                                .toList()))
                .toList();
    }

    private Entry entry(Contract contract, Generation serving) {
        ContractSettings modes = serving.settings().contracts();
        String id = contract.operation().id();
        return new Entry(
                id,
                contract.operation().method(),
                contract.operation().path(),
                modes.request(id).toString(),
                modes.reply(id).toString(),
                ViolationsPage.rows(id, contracts.observers()).size());
    }
}

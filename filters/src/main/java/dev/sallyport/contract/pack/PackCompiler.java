package dev.sallyport.contract.pack;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractCatalog.Coverage;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.rule.Fields;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compiles one pack: its operations with their schemas, tokens and facts, and the fingerprint lookup. A mistake in one part does
 * not hide those in the others: all of them are collected here.
 */
public final class PackCompiler {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final PackParts parts;
    private final OperationCompiler operations;
    private final LookupCompiler lookups;
    private final PackProblems problems = new PackProblems();
    private final boolean trying;
    private int examples;

    /** Compiles a pack and tries every example in it. Blocks. */
    public static ContractCatalog load(PackFiles files, StrictJson json) {
        return compiled(files, json, true, false);
    }

    /**
     * Compiles a pack that is to be served. Blocks. The examples and schemas of one that this build brings were tried when it was
     * built, and files and code are the same still: no start waits for that, unless bodies may nest less deep than they might then.
     */
    public static ContractCatalog loadServed(PackFiles files, StrictJson json) {
        boolean tried = files.areOfThisBuild()
                && json.maxDepth() >= RequestSettings.defaults().maxDepth();
        return compiled(files, json, !tried, tried);
    }

    /** Compiles a pack and tries no example. Blocks. */
    public static ContractCatalog compiled(PackFiles files, StrictJson json) {
        return compiled(files, json, false, false);
    }

    /** What is wrong in the pack that is extended is told of that one. */
    private static ContractCatalog compiled(PackFiles files, StrictJson json, boolean trying, boolean tried) {
        try {
            return new PackCompiler(files, json, trying, tried).catalog();
        } catch (PackProblem problem) {
            files.base().ifPresent(base -> compiled(base, json, false, false));
            throw problem;
        }
    }

    private PackCompiler(PackFiles files, StrictJson json, boolean trying, boolean tried) {
        this.trying = trying;
        Catalog catalog = Catalog.in(files);
        problems.during(files::check);
        problems.during(() -> Endpoints.check(files, catalog));
        ErrorShape errors = problems.made(() -> errors(files, catalog)).orElseGet(ErrorShape::plain);
        Set<String> credentials =
                problems.made(() -> credentials(files, catalog)).orElse(Set.of());
        var rules = new CatalogRules(files, catalog);
        problems.during(rules::check);
        var conducts = new Conducts(files, catalog, errors);
        problems.during(conducts::check);
        this.parts = new PackParts(files, json, catalog, new MessageSchemas(files, json, tried), rules, errors);
        this.operations = new OperationCompiler(parts, conducts, credentials);
        this.lookups = new LookupCompiler(parts, operations);
    }

    private static ErrorShape errors(PackFiles files, Catalog catalog) {
        try {
            return catalog.errors() == null
                    ? ErrorShape.plain()
                    : catalog.errors().shape();
        } catch (IllegalArgumentException wrong) {
            throw new PackProblem(files.shown(Catalog.FILE), "errors", String.valueOf(wrong.getMessage()));
        }
    }

    /** Header names (RFC 9110, 5.1) in lower case. */
    private static Set<String> credentials(PackFiles files, Catalog catalog) {
        List<String> names = Objects.requireNonNullElse(catalog.credentials(), List.of());
        var found = new PackProblems();
        names.stream()
                .filter(name -> !FIELD_NAME.matcher(name).matches())
                .forEach(name -> found.add(new PackProblem(
                        files.shown(Catalog.FILE), "credentials", "must be names of headers, was " + name)));
        found.stopIfAny();
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private ContractCatalog catalog() {
        Map<String, Contract> contracts = new LinkedHashMap<>();
        Catalog catalog = parts.catalog();
        catalog.operations()
                .forEach((id, entry) -> tried(
                                id, () -> operations.contract(id, entry, new Fields()), contract -> contract)
                        .ifPresent(contract -> contracts.put(id, contract)));
        Optional<LookupContract> lookup = Optional.ofNullable(catalog.fingerprintLookup())
                .flatMap(entry -> tried(entry.operation(), () -> lookups.contract(entry), LookupContract::contract));
        problems.stopIfAny();
        return new ContractCatalog(
                contracts,
                lookup,
                new RejectionRenderer(parts.errors(), catalog.errorUrl()),
                parts.rules().settable(),
                new Coverage(parts.schemas().leftToLibrary(), examples));
    }

    /** Compiled, and every example tried, if they are; of what does not compile, the examples are read at least. */
    private <T> Optional<T> tried(String operation, Supplier<T> compiling, Function<T, Contract> contract) {
        try {
            Optional<T> compiled = problems.made(compiling);
            problems.during(() -> compiled.ifPresentOrElse(
                    it -> examples += trying ? new Examples(parts.files(), contract.apply(it)).tryAll(problems) : 0,
                    () -> Examples.readAll(parts.files(), operation)));
            return compiled;
        } catch (StackOverflowError tooDeep) {
            problems.add(problem(operation, "has a schema that nests too deep, or whose references lead on and on"));
            return Optional.empty();
        }
    }

    private PackProblem problem(String operation, String message) {
        return new PackProblem(parts.files().shown(Catalog.FILE), "operations." + operation, message);
    }
}

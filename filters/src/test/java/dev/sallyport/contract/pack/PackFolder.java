package dev.sallyport.contract.pack;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.SchemaCompiler;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A contract pack in the making, in a temporary folder. */
public final class PackFolder {
    private static final StrictJson JSON = new StrictJson(32);

    private final Path root;

    public PackFolder(Path root) {
        this.root = root;
    }

    /** Writes a file of the pack; double quotes may be written as single ones. */
    public PackFolder with(String file, String text) {
        return withExact(file, text.replace('\'', '"'));
    }

    public PackFolder withExact(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, text);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    public PackFiles files() {
        withCatalogIfMissing();
        return PackFiles.of(root.toString());
    }

    public ContractCatalog load() {
        return PackCompiler.load(files(), JSON);
    }

    public Contract contract(String operation) {
        return load().contract(operation).orElseThrow();
    }

    public SchemaCompiler compiler() {
        return new SchemaCompiler(new SchemaFiles(files()), JSON);
    }

    /** Compiles a schema that stands alone. */
    public SchemaCheck checkOf(String schema) {
        return with("s.json", schema).check("s.json");
    }

    public SchemaCheck check(String file) {
        return compiler().compile(file, new FieldList());
    }

    public static Document document(Reading reading) {
        if (reading instanceof Document document) {
            return document;
        }
        throw new AssertionError("is no document: " + reading);
    }

    public static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** Violations as {@code pointer keyword}, in their order. */
    public static List<String> found(Reading reading) {
        return shown(document(reading).violations());
    }

    public static List<String> shown(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.at() + " " + violation.keyword())
                .toList();
    }

    private void withCatalogIfMissing() {
        if (!Files.exists(root.resolve("catalog.yml"))) {
            with("catalog.yml", "description: none\nerror-url: https://errors.invalid/{status}\noperations: {}\n");
        }
    }
}

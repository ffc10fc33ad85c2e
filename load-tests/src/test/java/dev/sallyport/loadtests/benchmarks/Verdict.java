package dev.sallyport.loadtests.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/** A validator behind one question, so that all are asked the same. */
interface Verdict {
    boolean accepts(byte[] body);

    /** As the gateway does it. */
    static Verdict onePass(String direction) {
        ContractCatalog catalog = PackCompiler.load(PackFiles.of(PackBody.PACK), new StrictJson(32));
        Contract contract = catalog.contract(PackBody.OPERATION).orElseThrow();
        if (!catalog.leftToLibrary().isEmpty()) {
            throw new IllegalStateException("not one pass: " + catalog.leftToLibrary());
        }
        boolean request = direction.equals("request");
        return body -> (request ? contract.readRequest(body) : contract.readReply(body)) instanceof Document document
                && document.violations().isEmpty();
    }

    /** The library that serves what the one pass does not cover, used the obvious way. */
    static Verdict networknt(String direction) {
        JsonMapper trees = JsonMapper.shared();
        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(iri -> iri.startsWith(PackBody.INSIDE) ? PackBody.text(iri) : null))
                .getSchema(SchemaLocation.of(PackBody.INSIDE + PackBody.schemaFile(direction)));
        schema.initializeValidators();
        return body -> schema.validate(trees.readTree(body)).isEmpty();
    }

    /** Another library, that knows Jackson 2 only. */
    static Verdict harrel(String direction) {
        var trees = new ObjectMapper();
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withSchemaResolver(iri -> iri.startsWith(PackBody.INSIDE)
                        ? dev.harrel.jsonschema.SchemaResolver.Result.fromString(PackBody.text(iri))
                        : dev.harrel.jsonschema.SchemaResolver.Result.empty())
                .createValidator();
        String file = PackBody.INSIDE + PackBody.schemaFile(direction);
        URI schema = validator.registerSchema(URI.create(file), PackBody.text(file));
        return body -> {
            try {
                return validator.validate(schema, trees.readTree(body)).isValid();
            } catch (IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
        };
    }
}

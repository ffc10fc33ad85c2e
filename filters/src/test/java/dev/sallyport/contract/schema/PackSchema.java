package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One schema file of a pack, as the gateway asks it, and the documents of it that accepted examples show.
 *
 * @param file relative to the pack
 * @param ours reads a document and holds it against the schema, as in a call
 */
record PackSchema(String file, Function<byte[], Reading> ours, List<JsonNode> accepted) {
    /** Those of all bodies and of all tokens' claims. Queries are no documents. */
    static List<PackSchema> of(PackFiles files, ContractCatalog catalog) {
        List<PackSchema> schemas = new ArrayList<>();
        for (Contract contract : catalog.contracts()) {
            String id = contract.operation().id();
            if (contract.operation().hasBody()) {
                schemas.add(new PackSchema(
                        id + "/request.schema.json", contract::readRequest, accepted(files, id, "request")));
            }
            schemas.add(new PackSchema(id + "/reply.schema.json", contract::readReply, accepted(files, id, "reply")));
            contract.sessionToken()
                    .map(token -> new PackSchema(
                            "session-token/claims.schema.json", token::readClaims, accepted(files, id, "token")))
                    .ifPresent(schemas::add);
        }
        return schemas.stream().filter(schema -> !schema.accepted().isEmpty()).toList();
    }

    private static List<JsonNode> accepted(PackFiles files, String operation, String member) {
        return files.jsonFilesIn(operation + "/examples/accepted").stream()
                .map(file -> JsonMapper.shared().readTree(files.read(file)))
                .flatMap(example -> Stream.ofNullable(example.get(member)))
                .toList();
    }
}

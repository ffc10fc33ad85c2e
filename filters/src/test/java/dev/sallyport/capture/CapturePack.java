package dev.sallyport.capture;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.pack.PackFolder;
import java.nio.file.Path;

/** A pack with an operation of each kind: one with a body, one with a query. */
final class CapturePack {
    static final String CATALOG = """
            description: to be captured
            error-url: https://errors.invalid/{status}
            errors: {body: {error_type: "{error-type}", error_message: "{message}"}}
            plain: [status, error_type, minutes, done, tags]
            operations:
              login:
                method: POST
                path: /login
              look:
                method: GET
                path: /look
            """;

    private static final String DOCUMENT = """
            {"type":"object","properties":{
              "status":{"type":["string","null"]},
              "minutes":{"type":"number"},
              "done":{"type":"boolean"},
              "token":{"type":"string"},
              "count":{"type":"number"},
              "person":{"$ref":"#/$defs/person"},
              "claims":{"type":"object"},
              "tags":{"type":"array","items":{"type":"string"}},
              "people":{"type":"array","items":{"$ref":"#/$defs/person"}}},
             "$defs":{"person":{"type":"object","properties":{
              "name":{"type":"string"},"status":{"type":"string"},"friend":{"$ref":"#/$defs/person"}}}}}
            """;

    private CapturePack() {}

    static Contract contract(Path folder, String operation) {
        return new PackFolder(folder)
                .withExact("catalog.yml", CATALOG)
                .withExact("login/request.schema.json", DOCUMENT)
                .withExact("login/reply.schema.json", DOCUMENT)
                .withExact("look/request.schema.json", DOCUMENT)
                .withExact("look/reply.schema.json", DOCUMENT)
                .contract(operation);
    }
}

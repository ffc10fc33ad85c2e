package dev.sallyport.contract.pack;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.form.QueryCheck;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.SchemaCompiler;
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.contract.schema.file.KnownMembersReader;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.StrictJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The schemas of a pack's requests, replies and claims: where they are, and compiled for the fields that rules look at. */
final class MessageSchemas {
    private final PackFiles files;
    private final SchemaCompiler compiler;
    private final KnownMembersReader members;

    MessageSchemas(PackFiles files, StrictJson json, boolean tried) {
        var schemas = new SchemaFiles(files, tried);
        this.files = files;
        this.compiler = new SchemaCompiler(schemas, json);
        this.members = new KnownMembersReader(schemas);
    }

    /** Whether an operation has a schema of its requests. */
    boolean ofRequest(String operation) {
        return files.has(requestFile(operation));
    }

    /** Without a body the query is checked, if it has a schema. */
    SchemaCheck request(Operation operation, FieldList fields) {
        String file = requestFile(operation.id());
        if (operation.hasBody()) {
            return message(file, fields);
        }
        return files.has(file) ? new QueryCheck(message(file, fields), members(file), file) : nothing(fields);
    }

    SchemaCheck reply(String operation, FieldList fields) {
        return message(replyFile(operation), fields);
    }

    SchemaCheck claims(String file, FieldList fields) {
        return compiler.compile(file, fields);
    }

    KnownMembers requestMembers(String operation) {
        return members(requestFile(operation));
    }

    KnownMembers replyMembers(String operation) {
        return members(replyFile(operation));
    }

    /** All that were compiled, each at its number. */
    List<SchemaNode> nodes() {
        return compiler.nodes();
    }

    /** Files that the library checks, with the reason. */
    Map<String, String> leftToLibrary() {
        return compiler.leftToLibrary();
    }

    private SchemaCheck message(String file, FieldList fields) {
        return compiler.compileMessage(file, members(file), fields);
    }

    private KnownMembers members(String file) {
        return files.has(file) ? members.of(file) : KnownMembers.NOTHING;
    }

    private static String requestFile(String operation) {
        return operation + "/request.schema.json";
    }

    private static String replyFile(String operation) {
        return operation + "/reply.schema.json";
    }

    /** Reads nothing; rules see every field as missing. */
    private static SchemaCheck nothing(FieldList fields) {
        Value[] missing = new Value[fields.size()];
        Arrays.fill(missing, Value.MISSING);
        var nothing = new Document(List.of(), missing, false);
        return body -> nothing;
    }
}

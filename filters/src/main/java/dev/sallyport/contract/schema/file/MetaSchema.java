package dev.sallyport.contract.schema.file;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The meta-schema of JSON Schema 2020-12; compiled when it is first asked, which not every start does. */
final class MetaSchema {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));

    private MetaSchema() {}

    /** What keeps a document from being a schema; empty if it is one. */
    static List<Error> errors(JsonNode document) {
        return SCHEMA.validate(document);
    }
}

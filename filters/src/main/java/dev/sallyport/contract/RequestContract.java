package dev.sallyport.contract;

import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.schema.SchemaCheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation promises of its requests.
 *
 * @param schema reads and checks the body, or the query of an operation without one
 * @param readsQuery whether such a query has a schema
 * @param errorTypes the provider's own error types, by the pointer of the field that is wrong
 * @param telemetry where the telemetry id is; null if the operation takes none
 * @param organization where the organization is named that the call is about; null if the operation takes none
 */
public record RequestContract(
        SchemaCheck schema,
        boolean readsQuery,
        List<Rule> rules,
        Map<String, String> errorTypes,
        @Nullable Field telemetry,
        @Nullable OrganizationPlace organization) {}

package dev.sallyport.contract;

import dev.sallyport.contract.form.ReplyForm;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.schema.SchemaCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation promises of its replies.
 *
 * @param form what replies look like before their schema is asked
 * @param schema reads and checks the body of a success
 * @param identityRules hold a reply against the call, so that no reply reaches another caller
 * @param device where the visitor id of the device is; null if replies name none
 */
public record ReplyContract(
        ReplyForm form,
        SchemaCheck schema,
        List<Rule> rules,
        List<Rule> identityRules,
        @Nullable Field device) {}

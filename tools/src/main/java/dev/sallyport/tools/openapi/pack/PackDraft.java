package dev.sallyport.tools.openapi.pack;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.tools.openapi.document.ImportOptions.Errors;
import dev.sallyport.tools.openapi.document.Note;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import tools.jackson.databind.JsonNode;

/**
 * A pack as it was made of a document, before anything is written or tried.
 *
 * @param description what the pack is
 * @param errors what refusals look like
 * @param statuses of the successes with a JSON reply, by the operation's id
 * @param schemas by file
 * @param candidates examples that stand in the document
 */
public record PackDraft(
        String description,
        Errors errors,
        List<Operation> operations,
        Map<String, List<String>> statuses,
        NavigableMap<String, JsonNode> schemas,
        List<Candidate> candidates,
        List<Note> notes) {
    /**
     * An example that may be one of the pack, if its contract accepts it.
     *
     * @param name for its file
     * @param about one sentence
     * @param pointer where it stands in the document
     */
    public record Candidate(
            Operation operation, Direction direction, String name, String about, String pointer, JsonNode value) {}
}

package dev.sallyport.gateway.console.replay;

import java.util.List;

/**
 * What the form offers.
 *
 * @param files schema files of the operation, and those that schemas share
 * @param schema the content of the chosen one
 * @param calls captured ones of the operation, the latest first
 */
public record ReplayPage(Chosen chosen, List<String> operations, List<String> files, String schema, Calls calls) {
    /** The operation, and the schema file. */
    public record Chosen(String operation, String file) {}

    /** Captured calls to choose from; where there are none, the note says why. */
    public record Calls(List<Call> list, String note) {}

    /** One, with what it is called in the form. */
    public record Call(String key, String label) {}
}

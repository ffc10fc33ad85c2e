package dev.sallyport.gateway.console.replay;

import java.util.List;

/**
 * What became of a replay: places and words, no value of a call.
 *
 * @param problems why it could not be tried
 * @param before what the contract that serves would do
 * @param after what the edited one would do
 */
public record ReplayResult(List<String> problems, String before, String after, List<Row> rows) {
    /** Something that breaks the contract, and what each of the two does about it. */
    public record Row(String door, String rule, String contract, String before, String after) {}

    static ReplayResult problem(String words) {
        return new ReplayResult(List.of(words.split("\n")), "", "", List.of());
    }

    /** Whether it was tried. */
    public boolean isTried() {
        return problems.isEmpty();
    }
}

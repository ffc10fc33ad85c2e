package dev.sallyport.gateway.console.playground;

import java.util.List;

/**
 * What became of a trial: places and words, no value of what was pasted.
 *
 * @param problems why a part could not be tried
 */
public record TrialResult(List<Door> doors, List<String> problems) {
    /**
     * One door.
     *
     * @param outcomes what each mode would do, the one of the settings first
     */
    public record Door(String name, List<Found> violations, List<Outcome> outcomes) {}

    /** A violation: where in the document, what was broken, and where the contract says so. */
    public record Found(String at, String rule, String message, String contract) {}

    /** What a mode does with the document. */
    public record Outcome(String mode, String words) {}

    /** Of a trial that was none. */
    static TrialResult problem(String words) {
        return new TrialResult(List.of(), List.of(words));
    }
}

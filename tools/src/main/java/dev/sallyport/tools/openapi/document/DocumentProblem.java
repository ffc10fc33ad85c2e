package dev.sallyport.tools.openapi.document;

import dev.sallyport.contract.file.Printable;
import java.util.stream.Collectors;

/** The document is none that a pack can be made of. The message names the file, the place in it and what was expected. */
public final class DocumentProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DocumentProblem(String file, String place, String message) {
        super((place.isEmpty() ? file : file + " at " + Printable.of(place)) + ": " + shown(message));
    }

    /** Several problems stand in a line each. */
    private static String shown(String message) {
        return message.lines().map(Printable::of).collect(Collectors.joining("\n"));
    }
}

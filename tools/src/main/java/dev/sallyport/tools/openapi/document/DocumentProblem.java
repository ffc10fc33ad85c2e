package dev.sallyport.tools.openapi.document;

/** The document is none that a pack can be made of. The message names the file, the place in it and what was expected. */
public final class DocumentProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DocumentProblem(String file, String place, String message) {
        super((place.isEmpty() ? file : file + " at " + place) + ": " + message);
    }
}

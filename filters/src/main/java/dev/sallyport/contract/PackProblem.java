package dev.sallyport.contract;

import java.io.IOException;

/** Something is wrong in a contract pack; stops the start. The message names the file and the place in it. */
public final class PackProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PackProblem(String file, String place, String message) {
        super((place.isEmpty() ? file : file + " at " + place) + ": " + message);
    }

    /** A file, or the folder, that cannot be read: of all problems the only one that may pass without a change of the pack. */
    PackProblem(String file, IOException unreadable) {
        super(file + ": cannot be read: " + ReadFailure.words(unreadable), unreadable);
    }
}

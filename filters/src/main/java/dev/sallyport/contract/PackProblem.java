package dev.sallyport.contract;

/** Something is wrong in a contract pack; stops the start. The message names the file and the place in it. */
public final class PackProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PackProblem(String file, String place, String message) {
        super((place.isEmpty() ? file : file + " at " + place) + ": " + message);
    }
}

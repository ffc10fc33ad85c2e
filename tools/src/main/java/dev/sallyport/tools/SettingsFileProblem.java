package dev.sallyport.tools;

/** A settings file from which no pack can be taken. The message names the file, the place in it, and what is wrong. */
final class SettingsFileProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsFileProblem(String place, String message) {
        super(place + ": " + message);
    }
}

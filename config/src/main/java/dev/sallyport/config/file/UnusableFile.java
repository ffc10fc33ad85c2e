package dev.sallyport.config.file;

/** A file that the command line names and that cannot be read, or is of the wrong kind: the command line is what is wrong. */
public final class UnusableFile extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableFile(String message) {
        super(message);
    }
}

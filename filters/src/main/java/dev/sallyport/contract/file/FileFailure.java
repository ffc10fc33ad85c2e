package dev.sallyport.contract.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a file could not be read or written, in the system's words, without the path: the message around it names the file. */
public final class FileFailure {
    /** {@code java.io} writes the path first and the reason in parentheses at the end. */
    private static final Pattern AT_THE_END = Pattern.compile("\\(([^()]*)\\)$");

    private FileFailure() {}

    /** The same of what else may fail around a file, of which the kind is told: its message may quote what is in the file. */
    public static String words(Exception failure) {
        return failure instanceof IOException known
                ? words(known)
                : failure.getClass().getSimpleName();
    }

    /** Such as {@code too many open files}. */
    public static String words(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        @Nullable String said = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        if (said == null) {
            return failure.getClass().getSimpleName();
        }
        Matcher reason = AT_THE_END.matcher(said);
        String words = reason.find() ? reason.group(1) : said;
        return words.isEmpty() ? said : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}

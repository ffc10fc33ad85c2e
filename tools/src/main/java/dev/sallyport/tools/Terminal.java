package dev.sallyport.tools;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person looks on. */
final class Terminal {
    private Terminal() {}

    /** From JDK 22 on a console may be there without a terminal, and only then can it be asked. */
    @SuppressWarnings("SystemConsoleNull") // null is what JDKs before 22 say, and the rest is asked below
    static boolean isThere() {
        @Nullable Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}

package dev.sallyport.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command told, and its exit status. */
record Told(int status, String out, String err) {
    /** Runs one. */
    static Told by(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = ToolsCli.line()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Told(status, out.toString(), err.toString());
    }
}

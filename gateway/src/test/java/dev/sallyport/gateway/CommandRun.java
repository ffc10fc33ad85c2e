package dev.sallyport.gateway;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a run of the command line told, in this process and by this thread. A start of the jar takes many times as long; that it
 * tells the same is what {@code CommandLineIT} shows.
 *
 * @param status it would have exited with
 */
record CommandRun(int status, String out, String err) {
    static CommandRun of(String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        var out = new WrittenHere(outBefore);
        var err = new WrittenHere(errBefore);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = Cli.run(arguments);
            return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    /** What the thread that made it writes; the lines of other threads, which are not of this run, go where they went before. */
    private static final class WrittenHere extends ByteArrayOutputStream {
        private final Thread here = Thread.currentThread();
        private final PrintStream elsewhere;

        WrittenHere(PrintStream elsewhere) {
            this.elsewhere = elsewhere;
        }

        @Override
        public synchronized void write(int octet) {
            if (Thread.currentThread() == here) {
                super.write(octet);
            } else {
                elsewhere.write(octet);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            if (Thread.currentThread() == here) {
                super.write(bytes, from, count);
            } else {
                elsewhere.write(bytes, from, count);
            }
        }
    }
}

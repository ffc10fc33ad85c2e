package dev.sallyport.sandbox.demo;

/** The end of this process, by Ctrl-C or another signal: from then on everything may fail, and no failure is worth a word. */
public final class DemoInterrupt {
    private DemoInterrupt() {}

    /** Whether it has begun; only then the JVM takes no more hooks. */
    public static boolean isUnderWay() {
        var hook = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** Closes a process with this one, at once if this one is about to end. */
    public static void closes(GatewayProcess process) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(process::close));
        } catch (IllegalStateException ending) {
            process.close();
        }
    }
}

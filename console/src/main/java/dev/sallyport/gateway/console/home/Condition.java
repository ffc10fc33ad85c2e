package dev.sallyport.gateway.console.home;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that an operator should know.
 *
 * @param key by which it is the same one a moment later
 * @param fault who has to act
 * @param words what is wrong
 * @param since empty if only the console's own looking can tell
 * @param page where more is told
 */
public record Condition(String key, Severity severity, Fault fault, Words words, Optional<Instant> since, String page) {
    /** How bad it is; the later, the worse. */
    public enum Severity {
        NOTE("for your information"),
        WARNING("needs a look"),
        WRONG("wrong");

        private final String words;

        Severity(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** The class of its style. */
        public String style() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Who has to act. */
    public enum Fault {
        CALLER,
        PROVIDER,
        GATEWAY;

        public String words() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What is told of it.
     *
     * @param title what is wrong, in a sentence
     * @param detail facts, and what the gateway does in the meantime
     */
    public record Words(String title, String detail) {}

    static Condition of(String key, Severity severity, Fault fault, String title, String detail, String page) {
        return new Condition(key, severity, fault, new Words(title, detail), Optional.empty(), page);
    }

    Condition since(Instant begin) {
        return new Condition(key, severity, fault, words, Optional.of(begin), page);
    }

    public String title() {
        return words.title();
    }

    public String detail() {
        return words.detail();
    }
}

package dev.sallyport.call;

import dev.sallyport.rejection.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one pass over a body gives: a document, or the reason why it is none. */
public sealed interface Reading {
    /**
     * Not strict UTF-8 JSON.
     *
     * @param what what is wrong, without a value
     * @param offset the byte at which it was noticed, from 0; -1 if unknown
     */
    record Unreadable(String what, long offset) implements Reading {}

    /** A document that was read once: where it departs from its schema, and the values that rules look at. */
    final class Document implements Reading, Reply.Content {
        /** Of what nothing is read: it breaks nothing and has no value. */
        public static final Document NONE = new Document(List.of(), new Value[0], true);

        private final List<Violation> violations;
        private final Value[] values;
        private final boolean object;
        private final @Nullable Document ownToken;

        /**
         * A document that was read.
         *
         * @param values by slot, as the field list of the check numbers them; handed over, not copied
         * @param object whether the document is an object, not an array or a bare value
         */
        public Document(List<Violation> violations, Value[] values, boolean object) {
            this(violations, values, object, null);
        }

        private Document(List<Violation> violations, Value[] values, boolean object, @Nullable Document ownToken) {
            this.violations = violations;
            this.values = values;
            this.object = object;
            this.ownToken = ownToken;
        }

        /** The same document with other violations. */
        public Document with(List<Violation> others) {
            return new Document(others, values, object, ownToken);
        }

        /** The same document with the claims of the token in it. */
        public Document carrying(Document claims) {
            return new Document(violations, values, object, claims);
        }

        /** What the token in a request claims, unverified; null if there is none, or no rule asks for it. */
        public @Nullable Document ownToken() {
            return ownToken;
        }

        public List<Violation> violations() {
            return violations;
        }

        public boolean isObject() {
            return object;
        }

        /** The value in a slot; {@link Value#MISSING} if the document has none there. */
        public Value value(int slot) {
            return slot < values.length ? values[slot] : Value.MISSING;
        }

        @Override
        public String toString() {
            return "Document[" + violations.size() + " violations]";
        }
    }
}

package dev.sallyport.contract.schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents that are nearly those of a pack: its accepted examples with up to three things changed. The same seed and number
 * give the same document, whatever came before.
 */
final class PackDocuments {
    private static final int MOST_CHANGES = 3;
    private static final List<Change> CHANGES = List.copyOf(EnumSet.allOf(Change.class));

    private final List<PackSchema> schemas;
    private final long seed;

    PackDocuments(List<PackSchema> schemas, long seed) {
        this.schemas = schemas;
        this.seed = seed;
    }

    /** One of them: the body, and what was done to the example; nothing for the example as it is. */
    static final class Made {
        private final PackSchema schema;
        private final byte[] body;
        private final Set<Change> changes;

        private Made(PackSchema schema, byte[] body, Set<Change> changes) {
            this.schema = schema;
            this.body = body;
            this.changes = changes;
        }

        PackSchema schema() {
            return schema;
        }

        byte[] body() {
            return body;
        }

        Set<Change> changes() {
            return changes;
        }
    }

    Made number(int number) {
        var random = new Random(seed * 1_000_003 + number);
        PackSchema schema = anyOf(schemas, random);
        JsonNode document = anyOf(schema.accepted(), random).deepCopy();
        Set<Change> changes = EnumSet.noneOf(Change.class);
        for (int left = random.nextInt(MOST_CHANGES + 1); left > 0; left--) {
            Change change = anyOf(CHANGES, random);
            document = change.of(document, random);
            changes.add(change);
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(document);
        return new Made(schema, changes.contains(Change.BYTES) ? Oddities.otherBytes(body, random) : body, changes);
    }

    private static <T> T anyOf(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}

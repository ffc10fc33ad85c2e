package dev.sallyport.tools.openapi.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * How large a YAML text is with its aliases followed, found out before anything is made of it: a few lines of aliases can stand
 * for more than any memory holds, and one can stand for itself. Used once.
 */
final class YamlExtent {
    /** As deep as a document in JSON may nest. */
    private static final int DEEPEST = 500;

    private static final long MOST_VALUES = 5_000_000;

    private final Map<Anchor, Extent> anchored = new HashMap<>();
    private final Deque<Collection> open = new ArrayDeque<>();
    private long values;

    /**
     * What an alias stands for.
     *
     * @param height how many levels it has, a text none
     */
    private record Extent(long values, int height) {}

    /** A list or an object that has not ended. */
    private static final class Collection {
        private final Optional<Anchor> anchor;
        private final long valuesBefore;
        private int height = 1;

        Collection(Optional<Anchor> anchor, long valuesBefore) {
            this.anchor = anchor;
            this.valuesBefore = valuesBefore;
        }
    }

    /** What is too much about the text once this event is added to it; null if nothing is. */
    @Nullable
    String problemWith(Event event) {
        if (event instanceof CollectionStartEvent start) {
            start.getAnchor().ifPresent(anchored::remove); // a name may be given again
            open.push(new Collection(start.getAnchor(), values++));
        } else if (event instanceof ScalarEvent scalar) {
            values++;
            scalar.getAnchor().ifPresent(anchor -> anchored.put(anchor, new Extent(1, 0)));
        } else if (event instanceof CollectionEndEvent) {
            end(open.pop());
        } else if (event instanceof AliasEvent alias) {
            @Nullable Extent extent = anchored.get(alias.getAlias());
            if (extent == null) {
                return isOpen(alias.getAlias()) ? "has an alias that stands for what it is a part of" : null;
            }
            values += extent.values();
            raise(extent.height());
        }
        if (open.size() + (open.isEmpty() ? 0 : open.peek().height - 1) > DEEPEST) {
            return "nests deeper than " + DEEPEST + " levels";
        }
        return values > MOST_VALUES ? "has more than " + MOST_VALUES + " values, its aliases followed" : null;
    }

    private void end(Collection ended) {
        ended.anchor.ifPresent(anchor -> anchored.put(anchor, new Extent(values - ended.valuesBefore, ended.height)));
        raise(ended.height);
    }

    /** Something of this height stands in what is open. */
    private void raise(int height) {
        if (!open.isEmpty()) {
            Collection around = open.peek();
            around.height = Math.max(around.height, height + 1);
        }
    }

    private boolean isOpen(Anchor anchor) {
        return open.stream()
                .anyMatch(collection -> collection.anchor.filter(anchor::equals).isPresent());
    }
}

package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk over bytes beside the walk over tokens, which tells what is wrong. What the first finds in order the second must find
 * in order, with the same values and the same sightings; counted is how often the first leaves it to the second.
 */
final class BothWalks {
    private int inOrder;
    private int leftToTokens;
    private int wrong;

    /** What an observer was told. */
    private static final class Heard implements SchemaObserver {
        private final List<String> all = new ArrayList<>();

        @Override
        public void members(SchemaNode node, long named) {
            all.add("members " + node.id + " " + named);
        }

        @Override
        public void unknownMember(SchemaNode node, String name) {
            all.add("unknown member " + node.id + " " + name);
        }

        @Override
        public void unknownValue(SchemaNode node) {
            all.add("unknown value " + node.id);
        }
    }

    /** One body, read in both ways. */
    Reading read(OnePassCheck check, FieldList fields, byte[] body) {
        var heardByBytes = new Heard();
        var heardByTokens = new Heard();
        Document bytes = ((OnePassCheck) check.observedBy(heardByBytes)).inOrder(body);
        seesTheSameAgain(check, fields, body, bytes);
        Reading tokens = ((OnePassCheck) check.observedBy(heardByTokens)).told(body);
        if (bytes == null) {
            assertThat(heardByBytes.all).allMatch(sighting -> sighting.startsWith("members "));
            boolean good =
                    tokens instanceof Document document && document.violations().isEmpty();
            leftToTokens += good ? 1 : 0;
            wrong += good ? 0 : 1;
        } else {
            String shown = new String(body, StandardCharsets.UTF_8);
            assertThat(tokens).as(shown).isInstanceOfSatisfying(Document.class, document -> {
                assertThat(document.violations()).as(shown).isEmpty();
                assertThat(bytes.isObject()).as(shown).isEqualTo(document.isObject());
                assertThat(values(bytes, fields)).as(shown).isEqualTo(values(document, fields));
            });
            assertThat(heardByBytes.all).as(shown).containsExactlyInAnyOrderElementsOf(heardByTokens.all);
            inOrder++;
        }
        return tokens;
    }

    /** What has read other documents before expects names in their order, and finds the same. */
    private static void seesTheSameAgain(OnePassCheck check, FieldList fields, byte[] body, @Nullable Document first) {
        for (int time = 0; time < 2; time++) {
            Document again = check.inOrder(body);
            String shown = new String(body, StandardCharsets.UTF_8);
            assertThat(again == null).as(shown).isEqualTo(first == null);
            if (again != null && first != null) {
                assertThat(values(again, fields)).as(shown).isEqualTo(values(first, fields));
            }
        }
    }

    private static List<String> values(Document document, FieldList fields) {
        List<String> values = new ArrayList<>();
        for (int slot = 0; slot < fields.size(); slot++) {
            Value value = document.value(slot);
            String json = new String(value.json(), StandardCharsets.ISO_8859_1);
            boolean container = value.kind() == Value.Kind.OBJECT || value.kind() == Value.Kind.ARRAY;
            values.add(value.kind() + " " + value.isPresent() + " " + value.text() + (container ? json : ""));
        }
        return values;
    }

    int inOrder() {
        return inOrder;
    }

    /** In order, but in doubt for the walk over bytes. */
    int leftToTokens() {
        return leftToTokens;
    }

    int wrong() {
        return wrong;
    }
}

package dev.sallyport.gateway.console.contracts;

import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.gateway.console.violations.ViolationsPage.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which places of a schema broke or drifted, by the part of the schema that they belong to. */
final class Marks {
    private final Map<String, List<Row>> byPlace = new HashMap<>();

    Marks(List<Row> rows) {
        rows.forEach(row ->
                byPlace.computeIfAbsent(place(row), fresh -> new ArrayList<>()).add(row));
    }

    /** Of a part that stands in these places, one referring to the other. */
    List<Row> at(List<String> places) {
        return places.stream()
                .flatMap(place -> byPlace.getOrDefault(place, List.of()).stream())
                .toList();
    }

    /**
     * The keyword is the last step of a violation, and the list of known values that of a drifted value. A member that the schema does
     * not know would stand among the properties of its object. One that is no longer sent is a part of the schema itself.
     */
    private static String place(Row row) {
        String pointer = row.pointer();
        if (row.kind().equals("unseen")) {
            return pointer;
        }
        String above = above(pointer);
        boolean isMember = row.kind().equals("drift") && !pointer.endsWith("/" + SchemaNode.KNOWN_VALUES);
        return isMember ? above(above) : above;
    }

    private static String above(String pointer) {
        int step = pointer.lastIndexOf('/');
        return step < 0 ? pointer : pointer.substring(0, step);
    }
}

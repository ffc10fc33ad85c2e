package dev.sallyport.gateway.console.state;

import java.util.List;

/** Tables of what the gateway holds. */
public record StatePage(List<Table> tables) {
    /**
     * A table.
     *
     * @param note what is to be known before its rows are read; may be empty
     */
    public record Table(String title, String note, List<String> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}

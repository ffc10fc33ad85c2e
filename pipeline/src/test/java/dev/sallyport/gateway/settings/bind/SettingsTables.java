package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of the page of settings: a row for each key, in which an id of an operation or a rule is {@code *}. */
final class SettingsTables {
    private static final Pattern SECTION = Pattern.compile("## ([a-z-]+(?: and [a-z-]+)?)");
    private static final Pattern KEY = Pattern.compile("`([a-z][^`]*)`");
    private static final Pattern ONE_VALUE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final int DEFAULT = 2;
    private static final int MEANING = 4;

    private SettingsTables() {}

    /**
     * One row.
     *
     * @param meaning in plain text
     * @param defaultValue if it is one value
     */
    record Row(String meaning, Optional<String> defaultValue) {}

    /** Rows by key. */
    static Map<String, Row> of(Path page) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        String section = "";
        boolean inTable = false;
        for (String line : Files.readAllLines(page)) {
            Matcher heading = SECTION.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            }
            inTable = line.startsWith("| key |") || (inTable && line.startsWith("|"));
            if (inTable) {
                add(section, line.split("\\|", -1), rows);
            }
        }
        return rows;
    }

    private static void add(String section, String[] cells, Map<String, Row> rows) {
        String prefix = Settings.PREFIX + "." + (section.contains(" and ") ? "" : section + ".");
        Matcher value = ONE_VALUE.matcher(cells[DEFAULT].strip());
        Optional<String> defaultValue = value.matches() ? Optional.of(value.group(1)) : Optional.empty();
        var row = new Row(plain(cells[MEANING]), defaultValue);
        KEY.matcher(cells[1])
                .results()
                .forEach(key -> rows.put(prefix + key.group(1).replaceAll("<[a-z]+>", "*"), row));
    }

    private static String plain(String markdown) {
        String text = LINK.matcher(markdown).replaceAll("$1").replace("`", "").strip();
        return text.isEmpty()
                ? ""
                : Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }
}

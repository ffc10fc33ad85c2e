package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.bind.KnownKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of settings in the documentation, held against the records that take them: none is missing, none is too many. */
final class SettingsTablesTest {
    private static final Pattern SECTION = Pattern.compile("## ([a-z-]+(?: and [a-z-]+)?)");
    private static final Pattern KEY = Pattern.compile("`((?:\\[]\\.)?[a-z][^`]*)`");
    private static final String SEVERAL = " and ";
    private static final Set<String> SINGLE = Set.of("server-timing", "trusted-callers");

    /** A mode is one value, in a line or in two. */
    private static final Pattern PARTS_OF_A_MODE =
            Pattern.compile("^(contracts\\.(?:request|reply))\\.(?:mode|enforce)$");

    /** What stands under an operation's id is read as a whole. */
    private static final Pattern OF_AN_OPERATION = Pattern.compile("^(contracts\\.operations\\.\\*)\\..*$");

    @Test
    void every_setting_has_a_row_and_every_row_is_a_setting() throws IOException {
        List<String> known = new KnownKeys(Settings.class)
                .values().stream()
                        .map(path -> path.substring(Settings.PREFIX.length() + 1))
                        .map(path -> PARTS_OF_A_MODE.matcher(path).replaceFirst("$1"))
                        .distinct()
                        .toList();

        List<String> documented = documented().stream()
                .map(path -> OF_AN_OPERATION.matcher(path).replaceFirst("$1"))
                .distinct()
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
    }

    /** Rows of the tables headed by keys; a section without a table is a key itself. */
    static List<String> documented() throws IOException {
        List<String> keys = new ArrayList<>();
        String section = "";
        boolean inTable = false;
        for (String line : Files.readAllLines(Path.of("../docs/settings.md"))) {
            var heading = SECTION.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
                if (SINGLE.contains(section)) {
                    keys.add(section);
                }
            }
            inTable = line.startsWith("| key |") || (inTable && line.startsWith("|"));
            if (inTable) {
                String of = section;
                KEY.matcher(line.split("\\|", -1)[1])
                        .results()
                        .map(key -> prefix(of, key.group(1)) + key.group(1).replaceAll("<[a-z]+>", "*"))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    /** A section that is a list has its items' keys right behind its own. */
    private static String prefix(String section, String key) {
        if (section.contains(SEVERAL)) {
            return "";
        }
        return key.startsWith("[]") ? section : section + ".";
    }
}

package dev.sallyport.contract.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a pack that extends another, and where it is told. */
final class WrongOverlayTest {
    private static final String OVER_SMALL = "extends: ../base\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** Laid over a small pack in the folder beside. */
    private PackFolder mine(String catalog) {
        SmallPack.in(folder.resolve("base"));
        return new PackFolder(folder.resolve("mine")).withExact("catalog.yml", catalog);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "extends: nosuch | line 1, column 1 | must be a built-in contract pack, or a folder",
                "extends: 5 | line 1, column 1 | must be a built-in contract pack",
                "extends: [../base] | line 1, column 1 | must be a built-in contract pack",
                "extends: \"\\0\" | line 1, column 1 | must be a built-in contract pack",
                "extends: . | line 1, column 1 | leads in a circle: to .",
                "extends: ../base\\nformat: 2 | line 2, column 1 | is a pack of another format; this release reads format 1",
                "extends: ../base\\nremove: [/operations/logn] | line 2, column 10 | names nothing in BASE: /operations/logn",
                "extends: ../base\\nremove: [/rules/reserved, /rules/reserved] | line 2, column 27 | names nothing in BASE",
                "extends: ../base\\nremove: [operations.login] | line 2, column 10 | must be a JSON Pointer",
                "extends: ../base\\nremove: [/operations/login/rules/request/0] | line 2, column 10 | names an item of a list",
                "extends: ../base\\nremove: /rules/reserved | line 2, column 1 | must be a list of texts",
                "extends: ../base\\nrules: | line 2, column 1 | is empty; what is to be taken out is listed under remove: /rules",
                "extends: ../base\\nrules:\\n  reserved: | line 3, column 3 | is empty; what is to be taken out",
                "extends: ../base\\noperations:\\n  logn: { path: /x } | line 3, column 3 | names no operation of BASE",
                "extends: ../base\\noperations: { login: { rules: { request: { remove: [no] } } } } | line 2, column 53 | is not in this list of BASE: no",
                "extends: ../base\\noperations: { login: { rules: { request: { add: [reserved] } } } } | line 2, column 50 | is in this list of BASE already",
                "extends: ../base\\noperations: { login: { rules: { request: one } } } | line 2 | is a single value, and a list in BASE",
                "extends: ../base\\noperations: { login: { rules: [one] } } | line 2 | is a list, and an object in BASE",
                "extends: ../base\\noperations: { login: { rules: { requests: { add: [x] } } } } | line 2 | has an unknown key requests",
                "extends: ../base\\nrules: { mine: { no-such: {} } } | line 2 | has no such kind of rule: no-such",
                "extends: ../base\\nreplace: [login/request.schema.json] | line 2, column 11 | must be a schema of this folder and of the pack below",
                "extends: ../base\\nreplace: [../base/claims.json] | catalog | is not in this pack",
                "remove: [/rules/x] | line 1, column 1 | remove means nothing in a pack that extends none",
                "extend: ../base | line 1, column 1 | has an unknown key extend",
            })
    void a_catalog_that_cannot_be_laid_over_another_says_where(String text, String place, String what) {
        PackFolder mine = mine(text.replace("\\n", "\n") + "\n");
        String base = folder.resolve("base").toString();

        assertThatThrownBy(mine::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("mine/")
                .hasMessageContaining(place.equals("catalog") ? "" : "mine/catalog.yml at " + place)
                .hasMessageContaining(what.replace("BASE", base));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "logn/request.schema.patch.json | {} | : lies over nothing: BASE has no logn/request.schema.json",
                "login/request.schema.patch.json | {'required':null} | at #/required: is null, and there is nothing that it could take out",
                "login/request.schema.patch.json | {'properties':{'no':null}} | at #/properties/no: is null",
                "login/request.schema.patch.json | [] | at #: must be an object of what changes",
                "login/request.schema.patch.json | {'type': | at line 1, column 9: is not JSON",
                "login/request.schema.patch.json | {'type':'object','type':'object'} | at line 1, column 24: is not JSON: Duplicate",
                "login/request.schema.patch.json | {'type':'objekt'} | at #/type: is not a JSON Schema",
                "login/request.schema.patch.json | {'properties':{'minutes':{'$ref':'../none.json'}}} | #/properties/minutes/$ref: leads to no file of this pack",
                "login/request.schema.json | {} | : is a file of BASE as well; write what changes into login/request.schema.patch.json, or have",
                "login/examples/accepted/none.json | {'about':'none','request':{}} | : must give no violation, gives request (whole) one-credential",
            })
    void a_file_that_cannot_be_laid_over_another_says_where(String file, String text, String what) {
        PackFolder mine = mine(OVER_SMALL).with(file, text);
        String base = folder.resolve("base").toString();

        assertThatThrownBy(mine::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("mine/" + file)
                .hasMessageContaining(what.replace("BASE", base));
    }

    @Test
    void a_patch_and_a_replacement_of_one_schema_exclude_each_other() {
        PackFolder mine = mine(OVER_SMALL + "replace: [claims.json]\n")
                .with("claims.json", "{'type':'object'}")
                .with("claims.patch.json", "{}");

        assertThatThrownBy(mine::load)
                .hasMessageContaining(
                        "mine/claims.patch.json: cannot stand beside claims.json, which replaces the whole");
    }

    @Test
    void a_patch_in_a_pack_that_extends_none_lies_over_nothing() {
        PackFolder pack = SmallPack.in(folder).with("claims.patch.json", "{}");

        assertThatThrownBy(pack::load)
                .hasMessageContaining("claims.patch.json: lies over nothing: this pack extends none");
    }

    @Test
    void what_is_wrong_in_the_pack_below_is_told_of_that_one() {
        PackFolder mine = mine(OVER_SMALL);
        SmallPack.in(folder.resolve("base"))
                .withExact("catalog.yml", SmallPack.CATALOG.replace("request: [one-credential", "request: [no-such"));

        assertThatThrownBy(mine::load)
                .hasMessageContaining(
                        "base/catalog.yml at operations.login: request names no rule of this catalog: no-such")
                .hasMessageNotContaining("mine");
    }

    @Test
    void the_pack_below_may_be_of_another_format() {
        PackFolder mine = mine(OVER_SMALL);
        SmallPack.in(folder.resolve("base")).withExact("catalog.yml", "format: 2\n" + SmallPack.CATALOG);

        assertThatThrownBy(mine::load)
                .hasMessageContaining("base/catalog.yml at line 1, column 1: is a pack of another format");
    }

    @Test
    void a_circle_is_found_whatever_its_packs_are_called() throws IOException {
        PackFolder mine = mine("extends: ../other\n");
        new PackFolder(folder.resolve("other")).withExact("catalog.yml", "extends: ../link\n");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("mine"));

        assertThatThrownBy(mine::load)
                .hasMessageContaining("other/catalog.yml at line 1, column 1: leads in a circle: to ../link");
    }

    @Test
    void at_most_eight_packs_lie_over_each_other() {
        SmallPack.in(folder.resolve("0"));
        for (int layer = 1; layer <= 8; layer++) {
            new PackFolder(folder.resolve(Integer.toString(layer)))
                    .withExact("catalog.yml", "extends: ../" + (layer - 1) + "\n");
        }

        assertThat(PackCompiler.load(PackFiles.of(folder.resolve("7").toString()), new StrictJson(32))
                        .contracts())
                .hasSize(2);
        assertThatThrownBy(
                        () -> PackCompiler.load(PackFiles.of(folder.resolve("8").toString()), new StrictJson(32)))
                .hasMessageContaining("1/catalog.yml at line 1, column 1: would lay more than 8 packs over each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "/dev/zero", "."})
    void a_patch_that_is_no_file_is_not_passed_over(String target) throws IOException {
        PackFolder mine = mine(OVER_SMALL).with("login/x", "");
        Files.createSymbolicLink(folder.resolve("mine/login/request.schema.patch.json"), Path.of(target));

        assertThatThrownBy(mine::load)
                .hasMessageMatching(".*/mine/login/request.schema.patch.json: is no file, or a link that leads to none"
                        + "|.*/mine: cannot be read: FileSystemLoopException");
    }

    @Test
    void files_that_are_huge_or_nest_without_end_are_refused() throws IOException {
        PackFolder mine = mine(OVER_SMALL).with("login/x", "");
        try (var file = new java.io.RandomAccessFile(
                folder.resolve("mine/login/request.schema.patch.json").toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertThatThrownBy(mine::load)
                .hasMessageContaining("login/request.schema.patch.json: cannot be read: larger than 16 MB");

        mine.with("login/request.schema.patch.json", "{'not':".repeat(5000) + "{}" + "}".repeat(5000));
        assertThatThrownBy(mine::load)
                .hasMessageMatching("(?s).*login/request.schema.patch.json: is not JSON: .*depth.*");

        mine.with("login/request.schema.patch.json", "{}")
                .withExact("catalog.yml", OVER_SMALL + "errors: " + "[".repeat(2000) + "]".repeat(2000));
        assertThatThrownBy(mine::load).hasMessageMatching("(?s).*mine/catalog.yml: .*depth.*");
    }
}

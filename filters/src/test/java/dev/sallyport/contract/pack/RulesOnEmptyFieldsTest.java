package dev.sallyport.contract.pack;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.rule.ContainsMembers;
import dev.sallyport.contract.rule.DurationMatches;
import dev.sallyport.contract.rule.EveryElement;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.rule.Fields;
import dev.sallyport.contract.rule.MatchesAnyOf;
import dev.sallyport.contract.rule.NotAfter;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.rule.RuleSpec;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.OnePassCheck;
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.json.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of rule says of each of its fields when that is absent, null, the empty text, or of another type. */
final class RulesOnEmptyFieldsTest {
    private static final Map<String, RuleSpec> RULES = Map.ofEntries(
            Map.entry("exactly-one-of", new RuleSpec.OneOf(List.of("reply:/a", "reply:/none"), null, null)),
            Map.entry("at-most-one-of", new RuleSpec.AtMostOneOf(List.of("reply:/a", "reply:/none"), null)),
            Map.entry("equal", new RuleSpec.Equal(List.of("request:/a", "reply:/a"))),
            Map.entry("equal-object", new RuleSpec.Equal(List.of("request:/o", "reply:/o"))),
            Map.entry(
                    "when",
                    new RuleSpec.When(
                            "reply:/a", "x", List.of("reply:/b"), List.of("reply:/c"), List.of("reply:/none"))),
            Map.entry("all-or-none", new RuleSpec.AllOrNone(List.of("reply:/a", "reply:/b"))),
            Map.entry("all-present", new RuleSpec.AllPresent(List.of("reply:/a", "reply:/b"))),
            Map.entry("matches-any-of", new MatchesAnyOf("request:/a", List.of("reply:/a"), null)),
            Map.entry("duration-matches", new DurationMatches("request:/m", "reply:/t", "reply:/u", Duration.ZERO)),
            Map.entry("not-after", new NotAfter("reply:/t", "reply:/u", Duration.ZERO)),
            Map.entry("contains-members", new ContainsMembers("request:/o", List.of("reply:/o"), null)),
            Map.entry("every", new EveryElement("reply:/l", "/a", "request:/a", List.of("x"))),
            Map.entry("json-size", new RuleSpec.JsonSize("reply:/o", 8, null)),
            Map.entry("reserved-names", new RuleSpec.ReservedNames("reply:/o", List.of("sub"))));
    private static final String REQUEST = "{'a':'x','m':5,'o':{'n':1}}";
    private static final String REPLY =
            "{'a':'x','b':'y','c':'z','t':'2026-01-01T00:00:00Z','u':'2026-01-01T00:05:00Z','o':{'n':1},'l':[{'a':'x'}]}";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // rule          | in      | field  | absent | null   | empty  | another type
                "exactly-one-of  | reply   | 'a'    | broken | broken | broken | holds",
                "at-most-one-of  | reply   | 'a'    | holds  | holds  | holds  | holds",
                "equal           | request | 'a'    | holds  | holds  | holds  | broken",
                "equal           | reply   | 'a'    | holds  | holds  | holds  | broken",
                "equal-object    | reply   | 'o'    | holds  | holds  | holds  | broken",
                "when            | reply   | 'a'    | holds  | holds  | holds  | holds",
                "when            | reply   | 'b'    | broken | broken | broken | holds",
                "when            | reply   | 'c'    | broken | broken | broken | holds",
                "all-or-none     | reply   | 'a'    | broken | broken | broken | holds",
                "all-present     | reply   | 'b'    | broken | broken | broken | holds",
                "matches-any-of  | request | 'a'    | holds  | holds  | holds  | broken",
                "matches-any-of  | reply   | 'a'    | broken | broken | broken | broken",
                "duration-matches| request | 'm'    | holds  | holds  | holds  | broken",
                "duration-matches| reply   | 't'    | holds  | holds  | holds  | broken",
                "duration-matches| reply   | 'u'    | holds  | holds  | holds  | broken",
                "not-after       | reply   | 't'    | holds  | holds  | holds  | broken",
                "not-after       | reply   | 'u'    | holds  | holds  | holds  | broken",
                "contains-members| request | 'o'    | holds  | holds  | holds  | broken",
                "contains-members| reply   | 'o'    | holds  | holds  | holds  | broken",
                "every           | request | 'a'    | holds  | holds  | holds  | holds",
                "every           | reply   | 'l'    | holds  | holds  | holds  | broken",
                "json-size       | reply   | 'o'    | holds  | holds  | holds  | broken",
                "reserved-names  | reply   | 'o'    | holds  | holds  | holds  | holds",
            })
    void a_rule_says_so(
            String rule, String in, String field, String absent, String isNull, String empty, String anotherType) {
        String name = field.replace("'", "");
        assertThat(verdict(rule, REQUEST, REPLY)).isEqualTo("holds");
        assertThat(List.of(
                        changed(rule, in, name, "absent"),
                        changed(rule, in, name, "null"),
                        changed(rule, in, name, "''"),
                        changed(rule, in, name, "true"),
                        changed(rule, in, name, "'of another kind'")))
                .containsExactly(absent, isNull, empty, rule.equals("json-size") ? "holds" : anotherType, anotherType);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                          | holds",
                "[{'a':'x1'},{'a':'x1'}]     | holds",
                "[{'a':'x1'},{'a':'x2'}]     | broken",
                "[{'a':'x2'}]                | broken",
                "[{'a':'x1'},{}]             | broken",
                "[{'a':'x1'},{'a':null}]     | broken",
                "[{'a':'x1'},{'a':''}]       | broken",
                "[{'a':'x1'},{'a':['x1']}]   | broken",
                "[{'a':'x1'},7]              | broken",
                "[{'a':'x1','n':1e99999999999}] | holds",
            })
    void every_item_of_a_list_belongs_to_what_was_asked_for(String list, String expected) {
        assertThat(verdict("every", "{'a':'x1'}", "{'l':" + list + "}")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'a':'x1'},{'a':'x1'}]     | holds",
                "[{'a':'x1'},{'a':'x2'}]     | broken",
                "[{}]                        | broken",
            })
    void items_that_were_asked_for_by_an_id_of_the_callers_own_belong_together(String list, String expected) {
        assertThat(verdict("every", "{'a':'mine'}", "{'l':" + list + "}")).isEqualTo(expected);
        assertThat(verdict("every", "{}", "{'l':" + list + "}")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'n':1}          | {'n':1.0}        | holds",
                "{'n':1,'m':[2]}  | {'m':[2],'n':1}  | holds",
                "{'n':1}          | {'n':2}          | broken",
                "[1,2]            | [1,2.00]         | holds",
                "[1,2]            | [2,1]            | broken",
                "[1,2]            | [1]              | broken",
                "{}               | []               | broken",
                "100              | 1e2              | holds",
                "100              | '100'            | broken",
                "{'n':1e99999999999} | {'n':1e99999999999} | broken",
            })
    void equal_compares_values(String one, String other, String expected) {
        assertThat(verdict("equal-object", "{'o':" + one + "}", "{'o':" + other + "}"))
                .isEqualTo(expected);
    }

    @Test
    void a_number_out_of_all_bounds_breaks_a_rule_and_is_no_failure_of_ours() {
        String text = "{'o':{'n':1e99999999999}}";

        assertThat(verdict("contains-members", text, text)).isEqualTo("broken");
    }

    private static String changed(String rule, String in, String field, String value) {
        return in.equals("request")
                ? verdict(rule, with(REQUEST, field, value), REPLY)
                : verdict(rule, REQUEST, with(REPLY, field, value));
    }

    /** A later member of the name would be a duplicate, so the first one gets another name. */
    private static String with(String document, String field, String value) {
        String renamed = document.replaceFirst("'" + field + "':", "'former':");
        return value.equals("absent") ? renamed : renamed.replaceFirst("\\{", "{'" + field + "':" + value + ",");
    }

    private static String verdict(String name, String request, String reply) {
        var fields = new Fields();
        Rule rule = Objects.requireNonNull(RULES.get(name)).compile(fields, name, "op#door");
        var facts = new Facts(read(fields.request(), request), read(fields.reply(), reply), null);
        return rule.check(facts) == null ? "holds" : "broken";
    }

    private static Document read(FieldList fields, String text) {
        return document(new OnePassCheck(SchemaNode.ANYTHING, fields, new StrictJson(32)).read(json(text)));
    }
}

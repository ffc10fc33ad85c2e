package dev.sallyport.contract.rule;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.rule.RuleSpec.AllOrNone;
import dev.sallyport.contract.rule.RuleSpec.AllPresent;
import dev.sallyport.contract.rule.RuleSpec.AtMostOneOf;
import dev.sallyport.contract.rule.RuleSpec.Equal;
import dev.sallyport.contract.rule.RuleSpec.JsonSize;
import dev.sallyport.contract.rule.RuleSpec.OneOf;
import dev.sallyport.contract.rule.RuleSpec.ReservedNames;
import dev.sallyport.contract.rule.RuleSpec.When;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.OnePassCheck;
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Violation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RuleSpecTest {
    private static final List<String> AB = List.of("request:/a", "request:/b");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{}                   | none_given",
                "{'a':null,'b':''}    | none_given",
                "{'a':1}              | -",
                "{'b':'x','a':null}   | -",
                "{'b':{}}             | -",
                "{'a':1,'b':'x'}      | both_given",
            })
    void exactly_one_of_names_the_providers_own_error(String request, @Nullable String errorType) {
        Violation violation = violation(new OneOf(AB, "none_given", "both_given"), request, "{}", "{}");

        assertThat(violation == null ? null : violation.errorType()).isEqualTo(errorType);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("rules")
    void each_rule_holds_or_is_broken(RuleSpec rule, String request, String reply, String token, boolean holds) {
        assertThat(violation(rule, request, reply, token) == null).isEqualTo(holds);
    }

    private static Stream<Arguments> rules() {
        var atMost = new AtMostOneOf(AB, null);
        var subject = new Equal(List.of("token:/sub", "reply:/user_id", "reply:/session/user_id"));
        var when =
                new When("reply:/authenticated", "true", List.of("reply:/jwt"), null, List.of("reply:/intermediate"));
        var present = new When("reply:/jwt", "present", List.of("reply:/session"), null, null);
        var together = new AllOrNone(List.of("reply:/jwt", "reply:/token"));
        var always = new AllPresent(List.of("reply:/jwt", "reply:/session"));
        return Stream.of(
                arguments(always, "{}", "{'jwt':'x','session':{}}", "{}", true),
                arguments(always, "{}", "{'jwt':'x','session':null}", "{}", false),
                arguments(always, "{}", "{'jwt':''}", "{}", false),
                arguments(always, "{}", "{}", "{}", false),
                arguments(atMost, "{}", "{}", "{}", true),
                arguments(atMost, "{'a':1}", "{}", "{}", true),
                arguments(atMost, "{'a':1,'b':''}", "{}", "{}", true),
                arguments(atMost, "{'a':1,'b':false}", "{}", "{}", false),
                arguments(subject, "{}", "{'user_id':'u','session':{'user_id':'u'}}", "{'sub':'u'}", true),
                arguments(subject, "{}", "{'user_id':'u','session':{'user_id':'v'}}", "{'sub':'u'}", false),
                arguments(subject, "{}", "{'user_id':'v'}", "{'sub':'u'}", false),
                arguments(subject, "{}", "{'session':{'user_id':'v'}}", "{'sub':'u'}", false),
                arguments(subject, "{}", "{'user_id':null}", "{'sub':'u'}", true),
                arguments(subject, "{}", "{'user_id':1}", "{'sub':'1'}", false),
                arguments(subject, "{}", "{}", "{}", true),
                arguments(when, "{}", "{'authenticated':true,'jwt':'x'}", "{}", true),
                arguments(when, "{}", "{'authenticated':true,'jwt':''}", "{}", false),
                arguments(when, "{}", "{'authenticated':true,'jwt':'x','intermediate':'y'}", "{}", false),
                arguments(when, "{}", "{'authenticated':false,'intermediate':'y'}", "{}", true),
                arguments(when, "{}", "{'intermediate':'y'}", "{}", true),
                arguments(present, "{}", "{'jwt':'x','session':{}}", "{}", true),
                arguments(present, "{}", "{'jwt':'x'}", "{}", false),
                arguments(present, "{}", "{'jwt':''}", "{}", true),
                arguments(together, "{}", "{'jwt':'x','token':'y'}", "{}", true),
                arguments(together, "{}", "{'jwt':'','token':null}", "{}", true),
                arguments(together, "{}", "{'jwt':'x','token':''}", "{}", false));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("echoes")
    void each_echo_holds_or_is_broken(RuleSpec rule, String request, String reply, String token, boolean holds) {
        assertThat(violation(rule, request, reply, token) == null).isEqualTo(holds);
    }

    private static Stream<Arguments> echoes() {
        var organization = new MatchesAnyOf("request:/org", List.of("reply:/org/id", "reply:/org/slug"), List.of("o-"));
        var items = new EveryElement("reply:/items", "/id", "request:/org", List.of("o-"));
        var lasts = new DurationMatches("request:/minutes", "reply:/from", "reply:/to", Duration.ofMinutes(1));
        var notAfter = new NotAfter("token:/exp", "reply:/to", Duration.ofSeconds(5));
        var claims = new ContainsMembers("request:/claims", List.of("reply:/claims", "token:"), List.of("sub"));
        var either = new When("reply:/ok", "false", null, List.of("reply:/mfa", "reply:/primary"), null);
        String hour = "{'from':'2026-01-01T00:00:00Z','to':'2026-01-01T01:00:30.5Z'}";
        return Stream.of(
                arguments(organization, "{'org':'o-1'}", "{'org':{'id':'o-1','slug':'acme'}}", "{}", true),
                arguments(organization, "{'org':'acme'}", "{'org':{'id':'o-1','slug':'acme'}}", "{}", true),
                arguments(organization, "{'org':'o-2'}", "{'org':{'id':'o-1','slug':'acme'}}", "{}", false),
                arguments(organization, "{'org':'o-2'}", "{'org':{'id':'','slug':null}}", "{}", false),
                arguments(organization, "{'org':'o-2'}", "{'org':{'id':'o-1','slug':'o-2'}}", "{}", false),
                arguments(organization, "{'org':'o-2'}", "{'org':{'slug':'o-2'}}", "{}", false),
                arguments(organization, "{'org':'o-1'}", "{'org':{'id':'o-1','slug':'o-2'}}", "{}", true),
                arguments(items, "{'org':'o-1'}", "{'items':[{'id':'o-1'},{'id':'o-1','slug':'x'}]}", "{}", true),
                arguments(items, "{'org':'o-2'}", "{'items':[{'id':'o-1','slug':'o-2'}]}", "{}", false),
                arguments(items, "{'org':'o-1'}", "{'items':[{'id':'o-1'},{'slug':'o-1'}]}", "{}", false),
                arguments(items, "{'org':'acme'}", "{'items':[{'id':'o-1'},{'id':'o-1'}]}", "{}", true),
                arguments(items, "{'org':'acme'}", "{'items':[{'id':'o-1'},{'id':'o-2'}]}", "{}", false),
                arguments(items, "{'org':'acme'}", "{'items':[{'slug':'acme'}]}", "{}", false),
                arguments(items, "{'org':'o-1'}", "{'items':[]}", "{}", true),
                arguments(organization, "{'org':''}", "{'org':{'id':'o-1'}}", "{}", true),
                arguments(organization, "{}", "{'org':{'id':'o-1'}}", "{}", true),
                arguments(lasts, "{'minutes':60}", hour, "{}", true),
                arguments(lasts, "{'minutes':61}", hour, "{}", true),
                arguments(lasts, "{'minutes':62}", hour, "{}", false),
                arguments(lasts, "{'minutes':5}", hour, "{}", false),
                arguments(lasts, "{'minutes':'60'}", hour, "{}", false),
                arguments(lasts, "{'minutes':60}", "{'from':'yesterday','to':'today'}", "{}", false),
                arguments(lasts, "{'minutes':1e99}", hour, "{}", false),
                arguments(lasts, "{'minutes':-60}", hour, "{}", false),
                arguments(lasts, "{}", hour, "{}", true),
                arguments(notAfter, "{}", "{'to':'2026-01-01T00:00:00Z'}", "{'exp':1767225605}", true),
                arguments(notAfter, "{}", "{'to':'2026-01-01T00:00:00Z'}", "{'exp':1767225606}", false),
                arguments(notAfter, "{}", "{'to':'2026-01-01T01:00:00+01:00'}", "{'exp':1767225600.0}", true),
                arguments(notAfter, "{}", "{'to':null}", "{'exp':1767225606}", true),
                arguments(claims, "{'claims':{'a':1}}", "{'claims':{'a':1.0,'b':2}}", "{'a':1}", true),
                arguments(claims, "{'claims':{'a':1}}", "{'claims':{'a':2}}", "{'a':1}", false),
                arguments(claims, "{'claims':{'a':1}}", "{'claims':{'a':1}}", "{'b':1}", false),
                arguments(claims, "{'claims':{'a':null}}", "{'claims':{'a':1}}", "{}", false),
                arguments(claims, "{'claims':{'a':null}}", "{'claims':{'b':1}}", "{}", true),
                arguments(claims, "{'claims':{'sub':'x','a':[1]}}", "{'claims':{'a':[1]}}", "{'a':[1]}", true),
                arguments(claims, "{'claims':{'o':{'x':1}}}", "{'claims':{'o':{'x':1,'y':2}}}", "{'o':{'x':1}}", true),
                arguments(claims, "{'claims':{'o':{'x':1}}}", "{'claims':{'o':{'y':2}}}", "{'o':{'x':1}}", false),
                arguments(claims, "{'claims':{'a':'x'}}", "{'claims':null}", "{'a':'x'}", true),
                arguments(claims, "{}", "{'claims':{'a':1}}", "{'a':1}", true),
                arguments(either, "{}", "{'ok':false,'mfa':{}}", "{}", true),
                arguments(either, "{}", "{'ok':false,'primary':{},'mfa':{}}", "{}", true),
                arguments(either, "{}", "{'ok':false,'mfa':null}", "{}", false),
                arguments(either, "{}", "{'ok':true}", "{}", true));
    }

    @Test
    void a_document_that_is_not_there_has_no_fields() {
        var fields = new Fields();
        Rule rule = new OneOf(List.of("reply:/a"), null, null).compile(fields, "the-rule", "op#reply");

        assertThat(rule.check(new Facts(null, null, null))).isNotNull();
    }

    @Test
    void json_size_and_reserved_names_look_into_an_object_at_a_pointer() {
        var size = new JsonSize("request:/claims", 7, "claims_too_large");
        var reserved = new ReservedNames("request:/claims", List.of("iss", "sub"));

        assertThat(violation(size, "{'claims':{ 'a' : 1 }}", "{}", "{}")).isNull();
        assertThat(violation(size, "{'claims':{'a':12}}", "{}", "{}"))
                .isEqualTo(new Violation(
                        "/claims",
                        "the-rule",
                        "op#door",
                        "must not be larger than 7 bytes of compact JSON",
                        "claims_too_large"));
        assertThat(violation(size, "{}", "{}", "{}")).isNull();
        assertThat(violation(reserved, "{'claims':{'x':{'sub':1}}}", "{}", "{}"))
                .isNull();
        assertThat(violation(reserved, "{'claims':{'x':1,'s\\u0075b':1}}", "{}", "{}"))
                .isNotNull();
    }

    @Test
    void only_reserved_names_are_merely_counted() {
        var fields = new Fields();

        assertThat(new ReservedNames("request:/c", List.of("iss"))
                        .compile(fields, "the-rule", "op#door")
                        .defaultMode())
                .isEqualTo(Mode.REPORT);
        assertThat(new AtMostOneOf(AB, null)
                        .compile(fields, "the-rule", "op#door")
                        .defaultMode())
                .isEqualTo(Mode.ENFORCE);
    }

    @Test
    void a_violation_names_fields_and_never_values() {
        Violation violation =
                violation(new Equal(List.of("request:/u", "reply:/u")), "{'u':'alice'}", "{'u':'bob'}", "{}");

        assertThat(violation)
                .isEqualTo(new Violation("", "the-rule", "op#door", "must be the same in request:/u, reply:/u", null));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("words")
    void a_violation_says_what_the_rule_wants(RuleSpec rule, String words) {
        String broken = "{'a':'x','b':'y','c':'z','items':[{}]}";

        assertThat(violation(rule, broken, broken, "{}"))
                .isNotNull()
                .extracting(Violation::message)
                .isEqualTo(words);
    }

    private static Stream<Arguments> words() {
        List<String> there = List.of("reply:/a", "reply:/b");
        List<String> missing = List.of("reply:/x", "reply:/y");
        var ids = List.of("reply:/x", "reply:/y", "reply:/z");
        return Stream.of(
                arguments(new OneOf(AB, null, null), "takes only one of /a, /b"),
                arguments(new OneOf(List.of("request:/x", "request:/y"), null, null), "needs exactly one of /x, /y"),
                arguments(new AtMostOneOf(AB, null), "takes at most one of /a, /b"),
                arguments(new Equal(there), "must be the same in reply:/a, reply:/b"),
                arguments(new When("reply:/a", "x", missing, null, null), "needs /x, /y, because reply:/a is x"),
                arguments(new When("reply:/a", "x", null, missing, null), "needs one of /x, /y, because reply:/a is x"),
                arguments(
                        new When("reply:/a", "present", null, null, there),
                        "must not have /a, /b, because reply:/a is present"),
                arguments(
                        new When("reply:/a", "x", missing, null, there),
                        "needs /x, /y and must not have /a, /b, because reply:/a is x"),
                arguments(
                        new When("reply:/a", "x", missing, List.of("reply:/z"), there),
                        "needs /x, /y and needs one of /z and must not have /a, /b, because reply:/a is x"),
                arguments(new AllOrNone(List.of("reply:/a", "reply:/x")), "needs all or none of /a, /x"),
                arguments(new AllPresent(List.of("reply:/a", "reply:/x")), "needs all of /a, /x"),
                arguments(
                        new MatchesAnyOf("request:/a", List.of("reply:/b"), null),
                        "must be what request:/a names: reply:/b"),
                arguments(
                        new MatchesAnyOf("request:/a", ids, null),
                        "must be what request:/a names: one of reply:/x, reply:/y, reply:/z"),
                arguments(
                        new MatchesAnyOf("request:/a", ids, List.of("o-")),
                        "must be what request:/a names: one of reply:/x, reply:/y, reply:/z; "
                                + "if it is one of the provider's own ids, the first"),
                arguments(
                        new EveryElement("reply:/items", "/id", "request:/a", List.of("o-")),
                        "must have items of what request:/a names only, by /id"));
    }

    @Test
    void own_ids_begin_with_something() {
        var rule = new MatchesAnyOf("request:/a", List.of("reply:/a"), List.of(""));

        assertThatThrownBy(() -> rule.compile(new Fields(), "the-rule", "op#door"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("own-ids must say how ids begin");
    }

    @ParameterizedTest
    @CsvSource({"/a", "body:/a", "request:a"})
    void a_field_that_is_written_wrongly_is_refused(String field) {
        var rule = new AtMostOneOf(List.of(field), null);

        assertThatThrownBy(() -> rule.compile(new Fields(), "the-rule", "op#door"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static @Nullable Violation violation(RuleSpec spec, String request, String reply, String token) {
        var fields = new Fields();
        Rule rule = spec.compile(fields, "the-rule", "op#door");
        return rule.check(
                new Facts(read(fields.request(), request), read(fields.reply(), reply), read(fields.token(), token)));
    }

    private static Document read(FieldList fields, String text) {
        return document(new OnePassCheck(SchemaNode.ANYTHING, fields, new StrictJson(32)).read(json(text)));
    }
}

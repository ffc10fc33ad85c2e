package dev.sallyport.tools.openapi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.tools.openapi.Documents;
import dev.sallyport.tools.openapi.document.DocumentProblem;
import dev.sallyport.tools.openapi.document.ImportOptions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaConversionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: string, format: uuid}                  | {'type':'string','format':'uuid'}
            {type: string, nullable: true}                | {'type':['string','null']}
            {type: string, nullable: false}               | {'type':'string'}
            {type: string, enum: [a], nullable: true}     | {'type':['string','null'],'enum':['a',null]}
            {nullable: true, enum: [a, null]}             | {'enum':['a',null]}
            {nullable: true}                              | {}
            {minimum: 1, exclusiveMinimum: true}          | {'exclusiveMinimum':1}
            {maximum: 1, exclusiveMaximum: true}          | {'exclusiveMaximum':1}
            {minimum: 1, exclusiveMinimum: false}         | {'minimum':1}
            {exclusiveMinimum: true}                      | {}
            {type: object, additionalProperties: false}   | {'type':'object','additionalProperties':false}
            {additionalProperties: {type: string}}        | {'additionalProperties':{'type':'string'}}
            {type: array, items: {type: integer}}         | {'type':'array','items':{'type':'integer'}}
            {items: {$ref: '#/components/schemas/Other'}} | {'items':{'$ref':'Other.schema.json'}}
            {items: {$ref: '#/components/schemas/It'}}    | {'items':{'$ref':'It.schema.json'}}
            {allOf: [{$ref: '#/components/schemas/Other'}], description: x} | {'description':'x','$ref':'Other.schema.json'}
            {allOf: [{$ref: '#/components/schemas/Other'}], nullable: true} | {'anyOf':[{'$ref':'Other.schema.json'},{'type':'null'}]}
            {anyOf: [{type: string}], nullable: true}     | {'anyOf':[{'type':'string'},{'type':'null'}]}
            {allOf: [{type: string}, {minLength: 1}]}     | {'allOf':[{'type':'string'},{'minLength':1}]}
            {not: {type: string}}                         | {'not':{'type':'string'}}
            {type: string, example: x, deprecated: true}  | {'type':'string','deprecated':true,'examples':['x']}
            {type: string, x-mine: 1, xml: {name: n}}     | {'type':'string'}
            """)
    void a_schema_of_3_0_becomes_one_of_2020_12(String schema, String expected) {
        assertThat(Documents.converted("3.0.3", schema)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: [string, 'null']}                       | {'type':['string','null']}
            {const: null}                                  | {'const':null}
            {exclusiveMinimum: 1}                          | {'exclusiveMinimum':1}
            {examples: [1, 2]}                             | {'examples':[1,2]}
            {items: {$ref: '#/components/schemas/Other', maxProperties: 1}} | {'items':{'maxProperties':1,'$ref':'Other.schema.json'}}
            {items: {$ref: '#/components/schemas/It/$defs/a'}, $defs: {a: {type: string}}} | {'items':{'$ref':'It-defs-a.schema.json'}}
            {items: false}                                 | {'items':false}
            {prefixItems: [{type: string}, true]}          | {'prefixItems':[{'type':'string'},true]}
            {patternProperties: {a: {type: string}}}       | {'patternProperties':{'a':{'type':'string'}}}
            {if: {type: string}, then: {minLength: 1}}     | {'if':{'type':'string'},'then':{'minLength':1}}
            {dependentRequired: {a: [b]}}                  | {'dependentRequired':{'a':['b']}}
            {$schema: 'https://json-schema.org/draft/2020-12/schema'} | {}
            true                                           | true
            """)
    void a_schema_of_3_1_stays_what_it_is(String schema, String expected) {
        assertThat(Documents.converted("3.1.0", schema)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            3.0.3 | {minLength: many}            | left out  #/components/schemas/It/minLength: must be a whole number, not negative
            3.0.3 | {type: file}                 | left out  #/components/schemas/It/type: must be one of the types of JSON Schema
            3.0.3 | {pattern: '('}               | left out  #/components/schemas/It/pattern: must be a regular expression that matches in linear time
            3.0.3 | {pattern: '^(?!a)'}          | left out  #/components/schemas/It/pattern: must be a regular expression that matches in linear time
            3.1.0 | {patternProperties: {'(?=a)': {type: string}}} | left out  #/components/schemas/It/patternProperties/(?=a): has no regular expression that matches in linear time; its members count as additional
            3.0.3 | {required: true}             | left out  #/components/schemas/It/required: must be a list of names
            3.0.3 | {const: 1}                   | left out  #/components/schemas/It/const: is not read in OpenAPI 3.0 documents
            3.0.3 | {exclusiveMinimum: 1}        | left out  #/components/schemas/It/exclusiveMinimum: must be true or false in OpenAPI 3.0
            3.0.3 | {allOf: []}                  | left out  #/components/schemas/It/allOf: must be a list of schemas that is not empty
            3.0.3 | {items: [{type: string}]}    | left out  #/components/schemas/It/items: must be one schema
            3.0.3 | {not: 7}                     | left out  #/components/schemas/It/not: is no schema; anything passes
            3.0.3 | {enum: [a], nullable: true}  | taken as  #/components/schemas/It/nullable: null passes, although the enum does not list it
            3.0.3 | {items: {$ref: '#/components/schemas/Other', nullable: true}} | left out  #/components/schemas/It/items/nullable: stands beside a $ref, where OpenAPI 3.0 does not read it
            3.1.0 | {type: string, nullable: true} | left out  #/components/schemas/It/nullable: is not read in OpenAPI 3.1 documents; say it with type
            3.1.0 | {$id: 'urn:x'}               | left out  #/components/schemas/It/$id: is not read in OpenAPI 3.1 documents
            3.1.0 | {items: {$ref: 'far.json'}}  | left out  #/components/schemas/It/items/$ref: leads out of this document, or to a schema by its id; anything passes. Bundle the document first
            """)
    void what_a_pack_cannot_say_is_told_with_its_place(String version, String schema, String note) {
        assertThat(Documents.notes(version, schema)).containsExactly(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{description: d, example: 1, default: 2}", "{xml: {name: n}, externalDocs: {url: u}}"})
    void what_refuses_nothing_is_not_worth_a_note(String schema) {
        assertThat(Documents.notes("3.0.3", schema)).isEmpty();
    }

    @Test
    void null_may_stand_for_absent_members_if_one_wants_that() {
        var options = new ImportOptions(null, Set.of(), "about:blank", true, false);
        String schema = "{required: [a], properties: {a: {type: string}, b: {type: string}, c: {enum: [x]},"
                + " d: {$ref: '#/components/schemas/Other'}, e: {}}}";

        String made = Documents.convertedBy(options, "3.0.3", schema);

        assertThat(made)
                .isEqualTo(
                        "{'properties':{'a':{'type':'string'},'b':{'type':['string','null']},'c':{'enum':['x',null]},"
                                + "'d':{'anyOf':[{'$ref':'Other.schema.json'},{'type':'null'}]},'e':{}},'required':['a']}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: string, enum: [a, b]}          | {'type':'string'}
            {enum: [a, b]}                        | {'type':'string'}
            {enum: [a, 1]}                        | {}
            {enum: [a], nullable: true}           | {'type':['string','null']}
            """)
    void a_list_of_values_may_grow_if_one_wants_that(String schema, String expected) {
        var options = new ImportOptions(null, Set.of(), "about:blank", false, true);

        assertThat(Documents.convertedBy(options, "3.0.3", schema)).isEqualTo(expected);
    }

    @Test
    void a_discriminator_wants_each_alternatives_own_names() {
        String schema =
                "{oneOf: [{$ref: '#/components/schemas/Other'}, {$ref: '#/components/schemas/It'}, {type: object}],"
                        + " discriminator: {propertyName: kind, mapping: {a: Other, b: '#/components/schemas/Other'}}}";

        String made = Documents.converted("3.0.3", schema);

        assertThat(made)
                .isEqualTo("{'oneOf':["
                        + "{'$ref':'Other.schema.json','required':['kind'],'properties':{'kind':{'enum':['a','b']}}},"
                        + "{'$ref':'It.schema.json','required':['kind'],'properties':{'kind':{'const':'It'}}},"
                        + "{'type':'object'}]}");
        assertThat(Documents.notes("3.0.3", schema))
                .containsExactly(
                        "left out  #/components/schemas/It/oneOf/2: is no reference, so the discriminator has no"
                                + " name for it");
    }

    @Test
    void a_discriminator_of_heirs_is_told() {
        assertThat(Documents.notes("3.0.3", "{type: object, discriminator: {propertyName: kind}}"))
                .singleElement()
                .asString()
                .startsWith(
                        "left out  #/components/schemas/It/discriminator: tells schemas apart that extend this one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {items: {$ref: '#/components/schemas/None'}} | #/components/schemas/It/items/$ref: leads nowhere: #/components/schemas/None
            {$ref: '#/components/schemas/It'}            | leads in a circle
            """)
    void a_reference_that_ends_nowhere_makes_the_document_unusable(String schema, String problem) {
        assertThatThrownBy(() -> Documents.converted("3.0.3", schema))
                .isInstanceOf(DocumentProblem.class)
                .hasMessageContaining(problem);
    }
}

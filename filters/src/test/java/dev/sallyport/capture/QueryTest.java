package dev.sallyport.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
    @ParameterizedTest
    @ValueSource(strings = {"a=1;b=2", "a=%ff", "a=%zz", "a=%", "a b=1", "a=%+1"})
    void what_could_be_read_in_two_ways_is_not_decoded(String query) {
        assertThat(Query.decoded(query)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                 | {}",
                "&&                 | {}",
                "a                  | {\"a\":\"\"}",
                "a=s%203&b=x+y=z    | {\"a\":\"s 3\",\"b\":\"x y=z\"}",
                "a=1&b=2&a=3&a=4    | {\"a\":[\"1\",\"3\",\"4\"],\"b\":\"2\"}",
            })
    void a_query_becomes_an_object(String query, String object) {
        assertThat(Query.decoded(query)).asString().isEqualTo(object);
    }
}

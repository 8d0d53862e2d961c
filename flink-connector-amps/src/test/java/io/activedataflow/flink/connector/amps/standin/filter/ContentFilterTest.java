/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.standin.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The expression language: each operator on constants and on the fields of one message. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ContentFilterTest {

    private static final String ORDER =
            """
            {"id": 17, "price": 2.50, "text": "2.0", "sym": "IBM", "empty": "", "none": null,
             "yes": true, "no": false, "big": 9007199254740993, "huge": 18446744073709551615,
             "neg": -5, "quote": "a\\"\\u00e9\\n", "odd name": 1, "a-b": 2, "object": {"x": 1},
             "legs": [{"q": 1, "tags": ["a", "b"]}, {"q": 2, "tags": []}, {"q": null}],
             "list": [3, 4, 5], "nothing": [], "nulls": [null, null], "mixed": [null, 7]}
            """;

    /** A message, with what is in no body set to values that tell them apart. */
    record Message(String messageType, byte[] body, String bookmark) implements FilterSubject {

        static Message json(String body) {
            return new Message("json", body.getBytes(StandardCharsets.UTF_8), "7|42|");
        }

        @Override
        public String topic() {
            return "orders";
        }

        @Override
        public String correlationId() {
            return "";
        }

        @Override
        public String sowKey() {
            return null;
        }
    }

    static boolean matches(String filter, FilterSubject message) throws FilterSyntaxException {
        return ContentFilter.parse(filter).matches(message);
    }

    private static boolean matches(String filter) throws FilterSyntaxException {
        return matches(filter, Message.json(ORDER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=1",
                "/id = 17",
                "/id == 17",
                "/id != 18",
                "/id <> 18",
                "/id < 18",
                "/id <= 17",
                "/id > 16.5",
                "/id >= 17",
                "17 = /id",
                "/price = 2.5",
                "/price = 25e-1",
                "/price = .25e+1",
                "/sym = 'IBM'",
                "/sym = \"IBM\"",
                "/sym > 'AAA'",
                "/yes = 1",
                "/no = 0",
                "/yes = TRUE_VALUE() AND /no = FALSE_VALUE()",
                "/yes",
                "NOT /no",
                "/id BETWEEN 17 AND 18",
                "/id between 16 and 17",
                "/id NOT BETWEEN 18 AND 20",
                "/id IN (1, 17)",
                "/id NOT IN (1, 18)",
                "/sym IN ('IBM')",
                "/quote = 'a\"\\xC3\\xA9\\n'",
                "[/odd name] = 1",
                "[/a-b] = 2",
                "/neg = -5",
                "/neg = - 5",
                "/neg < +1",
                "(/id = 17)",
                "(/id = 17) = 1",
                "/id = 17 AND /sym = 'IBM' OR 1 = 2",
                "1 = 2 AND 1 = 2 OR 1 = 1",
                "1 = 1 OR 1 = 1 AND 1 = 2",
                "NOT 1 = 2",
                "NOT NOT 1 = 1",
                "NOT (1 = 2 OR 1 = 3)",
                "NOT 1 = 2 AND 1 = 1",
            })
    void comparesAndCombines(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
        assertThat(matches("NOT (" + filter + ")")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none = 1",
                "/none != 1",
                "/none = /none",
                "/missing = 1",
                "/missing/below > 1",
                "/empty = ''",
                "/empty != 'x'",
                "'' = ''",
                "10 < ''",
                "10 > ''",
                "/none BETWEEN 1 AND 2",
                "/id BETWEEN /none AND 20",
                "/none IN (1, 2)",
                "/none NOT IN (1, 2)",
                "/id IN (1, /none)",
                "/id NOT IN (1, /none)",
                "/none LIKE 'a'",
                "/none NOT LIKE 'a'",
                "/none BEGINS WITH ('a')",
                "/none ENDS WITH ('a')",
                "/none + 1 = 1",
                "/id % /none = 1",
                "ABS(/none) = 0",
                "UPPER(/none) = 'A'",
                "/none",
                "/nothing = 1",
                "/object = 1",
                "/nulls = 1",
                "1 = 1 AND /none = 1",
                "1 = 2 OR /none = 1",
            })
    void whatIsSaidAboutNullIsNeitherTrueNorFalse(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isFalse();
        assertThat(matches("NOT (" + filter + ")")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none IS NULL",
                "/missing IS NULL",
                "/missing/below IS NULL",
                "/empty IS NULL",
                "'' IS NULL",
                "/nothing IS NULL",
                "/nulls IS NULL",
                "/object IS NULL",
                "/mixed IS NOT NULL",
                "/id IS NOT NULL",
                "/no IS NOT NULL",
                "(/none = 1) IS NULL",
                "(/id / 0) IS NAN",
                "(/sym + 1) IS NAN",
                "NAN_VALUE() IS NAN",
                "/id IS NOT NAN",
                "/none IS NOT NAN",
                "NAN_VALUE() != NAN_VALUE()",
                "NOT (NAN_VALUE() = NAN_VALUE())",
                "1 = 1 OR /none = 1",
                "NOT (1 = 2 AND /none = 1)",
                "COALESCE(/none, /missing, 3) = 3",
                "COALESCE(/none) IS NULL",
                "CONCAT(/none, 'a') = 'a'",
            })
    void nullCanBeAskedFor(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 < '20'",
                "NOT 10 < '2'",
                "'2.000' <> '2.0'",
                "2 = 2.0",
                "10 < 'Crank It Up'",
                "'Crank It Up' > 10",
                "NOT 'Crank It Up' = 10",
                "/text = 2",
                "/text != '2'",
                "/text * 2 = 4",
                "'1e2' = 100",
                "'-.5' = -0.5",
                "'1 ' > 5",
                "'0x10' > 99999",
                "'.' > 99999",
                "'1e' > 99999",
                "/big > 9007199254740992.0",
                "/big = 9007199254740993",
                "/huge > 9223372036854775807",
                "/huge = 18446744073709551615",
                "'18446744073709551615' = 18446744073709551615",
                "-9223372036854775808 < -9223372036854775807",
            })
    void aTextThatLooksLikeANumberIsOneBesideANumber(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/list = 3",
                "/list = 5",
                "/list != 3",
                "/list > 4",
                "/list IN (9, 4)",
                "NOT /list NOT IN (9, 4)",
                "/list BETWEEN 5 AND 9",
                "NOT /list = 6",
                "/list + 1 = 4",
                "NOT /list + 1 = 5",
                "ABS(/list) = 3",
                "/list[1] = 4",
                "NOT /list[1] = 3",
                "/list[3] IS NULL",
                "/id[0] IS NULL",
                "/legs/q = 1",
                "/legs/q = 2",
                "/legs[1]/q = 2",
                "NOT /legs[1]/q = 1",
                "/legs/tags = 'b'",
                "/legs[0]/tags[1] = 'b'",
                "/legs[1]/tags IS NULL",
                "/legs/tags LIKE '^b$'",
                "/mixed = 7",
                "/mixed + 1 IS NULL",
            })
    void ofAnArrayAnyElementMatches(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 / 2 = 3",
                "7.0 / 2 = 3.5",
                "-7 / 2 = -3",
                "-5 % 3 = -2",
                "5 % -3 = 2",
                "5 MOD 3 = 2",
                "5.5 % 3 = 2.5",
                "1 + 2 * 3 = 7",
                "(1 + 2) * 3 = 9",
                "10 - 3 - 2 = 5",
                "100 / 10 / 5 = 2",
                "2 * 3 % 4 = 2",
                "/id%8 = 1",
                "/id / /id = 1",
                "/id*2 = 34",
                "-/id = -17",
                "- (1 + 2) = -3",
                "9223372036854775807 + 1 = -9223372036854775808",
                "(1 % 0) IS NAN",
                "1.0 / 0 > 9223372036854775807",
            })
    void computes(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sym LIKE 'B'",
                "/sym LIKE '^I.M$'",
                "NOT /sym LIKE 'ibm'",
                "/sym LIKE '(?i)ibm'",
                "/sym LIKE r'\\w+'",
                "/sym NOT LIKE r'\\d'",
                "/id LIKE '^17$'",
                "/sym BEGINS WITH ('IB')",
                "/sym begins with ('x', 'I')",
                "/sym NOT BEGINS WITH ('B')",
                "/sym ENDS WITH ('BM')",
                "/sym NOT ENDS WITH ('IB', 'x')",
                "LENGTH(/sym) = 3",
                "LENGTH('\\303\\251') = 2",
                "UPPER('aB') = 'AB'",
                "lower(/sym) = 'ibm'",
                "CONCAT(/sym, '-', /id) = 'IBM-17'",
                "SUBSTR(/sym, 2) = 'BM'",
                "SUBSTR(/sym, 2, 1) = 'B'",
                "SUBSTR(/sym, 1, 99) = 'IBM'",
                "SUBSTR(/sym, 0, 2) = 'IB'",
                "SUBSTR(/sym, 4) IS NULL",
                "SUBSTR(/sym, 1, -1) IS NULL",
                "INSTR(/sym, 'BM') = 2",
                "INSTR(/sym, 'bm') = 0",
                "INSTR_I(/sym, 'bm') = 2",
                "REPLACE(/sym, 'B', 'xx') = 'IxxM'",
                "STREQUAL(/sym, 'IBM')",
                "NOT STREQUAL(/sym, 'ibm')",
                "STREQUAL_I(/sym, 'ibm')",
                "ABS(/neg) = 5",
                "ABS(-2.5) = 2.5",
                "IF(/id > 10, 'high', 'low') = 'high'",
                "IF(/id < 10, 'high', 'low') = 'low'",
                "IF(/none > 10, 'high', 'low') = 'low'",
                "'\\a\\b\\t\\n\\f\\r\\q\\'' = '\\x07\\x08\\x09\\x0a\\x0C\\x0D\\x71\\047'",
                "r'a\\n' = 'a\\\\n'",
                "'\uD83D\uDE00' = '\\xF0\\x9F\\x98\\x80'",
            })
    void worksOnTexts(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOKMARK() = '7|42|'",
                "TOPIC_NAME() = 'orders'",
                "CORRELATION_ID() IS NULL",
                "SOW_KEY() IS NULL",
                "sow_key() is null",
                "MESSAGE_SIZE() BETWEEN 300 AND 500",
            })
    void asksTheMessage(String filter) throws FilterSyntaxException {
        assertThat(matches(filter)).isTrue();
        assertThat(ContentFilter.parse(filter).supports("binary")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // The check value of CRC-32C for the digits 1 to 9, as text and as a number.
        "CRC32('123456789'), 3808858755",
        "CRC32(123456789), 3808858755",
        "CRC32('\u00e9'), 464227804",
        "CRC32(/missing), 0",
        "CRC32(/empty), 0",
    })
    void theChecksumIsCrc32c(String expression, long expected) throws FilterSyntaxException {
        assertThat(matches(expression + " = " + expected)).isTrue();
    }

    @Test
    void onlyKnownMessageTypesHaveFields() throws FilterSyntaxException {
        ContentFilter filter = ContentFilter.parse("TOPIC_NAME() = 'a' OR COALESCE(1, /a) = 1");

        assertThat(filter.supports("json")).isTrue();
        assertThat(filter.supports("fix")).isTrue();
        assertThat(filter.supports("nvfix")).isTrue();
        assertThat(filter.supports("binary")).isFalse();
        assertThat(ContentFilter.parse("1=1").supports("binary")).isTrue();
    }
}

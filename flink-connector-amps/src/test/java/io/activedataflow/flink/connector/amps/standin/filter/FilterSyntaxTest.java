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

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilterTest.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the server answers with "bad filter". */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FilterSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "/",
                "/id =",
                "= 1",
                "/id = = 1",
                "/id = 1 = 1",
                "/id = 1 /sym = 2",
                "id = 1",
                "/id = NULL",
                "/id = TRUE",
                "/id & 1",
                "/id = 1 && /id = 2",
                "! /id = 1",
                "/id = 1;",
                "(/id = 1",
                "/id = 1)",
                "()",
                "/id IN ()",
                "/id IN 1",
                "/id IN (1,)",
                "/id BETWEEN 1",
                "/id BETWEEN 1 OR 2",
                "/id NOT = 1",
                "/id NOT 1",
                "/id IS 1",
                "/id IS",
                "/id LIKE /sym",
                "/id LIKE 1",
                "/id LIKE '('",
                "/sym BEGINS 'a'",
                "/sym BEGINS WITH (1)",
                "/sym ENDS WITH 'a'",
                "'open",
                "\"open",
                "'open\\",
                "r'open",
                "'\\x1' = 1",
                "/a-b = 1",
                "[/a",
                "[/] = 1",
                "[/a//b] = 1",
                "/a[x] = 1",
                "/a[] = 1",
                "/a[0 = 1",
                "/a[99999999999] = 1",
                "1a = 1",
                "1e = 1",
                "1.2.3 = 1",
                "NOSUCH(/a) = 1",
                "CRC64(/a) = 1",
                "ABS() = 1",
                "ABS(1, 2) = 1",
                "ABS = 1",
                "BOOKMARK = '1'",
                "BOOKMARK(/a) = '1'",
                "IF(1, 2) = 1",
                "IF() = 1",
                "COALESCE() = 1",
                "/a/* = 1",
                "//a = 1",
            })
    void whatIsNotKnownIsRefused(String filter) {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> ContentFilter.parse(filter));
    }

    @Test
    void deepNestingIsRefusedAndLongListsAreNot() throws FilterSyntaxException {
        String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
        String sum = "1" + " + 1".repeat(100_000) + " > 0";
        for (String filter : new String[] {deep, sum, "NOT ".repeat(100_000) + "1"}) {
            assertThatExceptionOfType(FilterSyntaxException.class)
                    .isThrownBy(() -> ContentFilter.parse(filter));
        }
        assertThat(matchesOne("/id = 1" + " OR /id = 17".repeat(10_000))).isTrue();
        assertThat(matchesOne("/id = 17" + " AND /id = 17".repeat(10_000))).isTrue();
    }

    @Test
    void namesTheFilterAndThePlaceInTheError() {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> ContentFilter.parse("/id = = 1"))
                .withMessageContaining("/id = = 1")
                .withMessageContaining("character 6");
    }

    private static boolean matchesOne(String filter) throws FilterSyntaxException {
        return ContentFilterTest.matches(filter, Message.json("{\"id\":17}"));
    }
}

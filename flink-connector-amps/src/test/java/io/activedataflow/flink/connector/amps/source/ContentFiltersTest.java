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

package io.activedataflow.flink.connector.amps.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ContentFiltersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a = 1",
                "(/a = 1) OR (/b IN (1, 2))",
                "/a LIKE '(x'",
                "/a = \"it's (\"",
                "/a = 'it\\'s )'",
                "/a LIKE r'\\' AND (/b = 1)",
                "/order = 'x\\')'",
                "[/odd (name] = ')'",
                "/arr[0] = 1",
            })
    void aCompleteFilterIsTakenAsItIs(String filter) {
        assertThat(ContentFilters.require(filter)).isEqualTo(filter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/a = 1) OR (/b = 2; parentheses do not match",
                "(/a = 1; parentheses do not match",
                "/a = 1); parentheses do not match",
                "/a = 'x; a text that does not end",
                "/a = \"x'; a text that does not end",
                "/order'\\'; a text that does not end",
                "[/a = 1; a bracket that is not closed",
            })
    void anIncompleteFilterIsRefused(String filter, String why) {
        assertThatThrownBy(() -> ContentFilters.require(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("setFilter() got '" + filter + "'", why);
    }

    @Test
    void nothingIsNoFilter() {
        assertThatThrownBy(() -> ContentFilters.require(" ")).hasMessageContaining("no filter");
        assertThatThrownBy(() -> ContentFilters.require(null)).hasMessageContaining("got null");
    }
}

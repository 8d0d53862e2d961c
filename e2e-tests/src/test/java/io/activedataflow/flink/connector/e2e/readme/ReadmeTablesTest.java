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

package io.activedataflow.flink.connector.e2e.readme;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of the README say what the code says. */
@Timeout(60)
class ReadmeTablesTest {

    @ParameterizedTest
    @MethodSource("tables")
    void tableIsTheOneOfTheCode(String name) {
        String section = ReadmeTables.section(name, ReadmeTables.all().get(name));

        assertThat(Readme.text().contains(section))
                .as("README.md must contain this, markers included:%n%n%s%n", section)
                .isTrue();
    }

    static Set<String> tables() {
        return ReadmeTables.all().keySet();
    }
}

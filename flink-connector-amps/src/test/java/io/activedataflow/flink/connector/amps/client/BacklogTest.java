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

package io.activedataflow.flink.connector.amps.client;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BacklogTest {

    @ParameterizedTest
    @CsvSource({
        "max_backlog=5, 5",
        "'timestamp, max_backlog=12,', 12",
        "max_backlog=0, -1",
        "max_backlog=many, -1",
        "max_backlog=, -1",
        "timestamp, -1",
        "'', -1"
    })
    void isWhatTheOptionsOfTheAnswerSay(String options, int backlog) {
        assertThat(Backlog.of(options)).isEqualTo(backlog);
    }
}

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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class OrderFormatTest {

    @Test
    void notesOfCsvStandInQuotes() {
        assertThat(OrderFormat.CSV.right(1_000))
                .isEqualTo("1000,0,\"leave it\nat the back door\"\n");
        assertThat(OrderFormat.CSV.right(1_001)).isEqualTo("1001,1,\"by noon, please\"\n");
        assertThat(OrderFormat.CSV.right(1_002)).isEqualTo("1002,2,none\n");
    }

    @Test
    void jsonIsOneLine() {
        assertThat(OrderFormat.JSON_LINES.right(1_000))
                .isEqualTo(
                        "{\"order\":1000,\"customer\":0,\"note\":\"leave it\\nat the back"
                                + " door\"}\n");
    }

    @Test
    void brokenRecordsAreOfThreeKinds() {
        assertThat(OrderFormat.CSV.broken(999)).isEqualTo("999\n");
        assertThat(OrderFormat.CSV.broken(1_998)).isEqualTo("1998,998,\"ring twice\n");
        assertThat(OrderFormat.CSV.broken(2_997)).isEqualTo("2997,somebody,none\n");
        assertThat(OrderFormat.JSON_LINES.broken(999)).isEqualTo("{\"order\":999}\n");
        assertThat(OrderFormat.JSON_LINES.broken(1_998))
                .isEqualTo("{\"order\":1998,\"customer\":\n");
        assertThat(OrderFormat.JSON_LINES.broken(2_997))
                .isEqualTo("{\"order\":2997,\"customer\":\"somebody\",\"note\":\"none\"}\n");
    }
}

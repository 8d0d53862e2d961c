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

package io.activedataflow.flink.connector.amps.source.reader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ClientNamesTest {

    private final ClientNames names = new ClientNames("flink", 3);

    /** Of two connections of one name the server would cut the older, again and again. */
    @Test
    void everyConnectionHasANameOfItsOwn() {
        assertThat(names.next()).isNotEqualTo(names.next()).startsWith("flink-3-");
    }

    @Test
    void anotherAttemptOfTheSameSubtaskHasOtherNames() {
        assertThat(new ClientNames("flink", 3).next()).isNotEqualTo(names.next());
    }
}

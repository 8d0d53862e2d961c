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

package io.activedataflow.flink.connector.redis.source.reader;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsMalformedPolicyTest {

    private final Counter errors = new SimpleCounter();
    private final StreamEntryCursor entry =
            TestEntries.entryOf(new byte[][] {{'n', (byte) 0xFF}, {0, 1}});

    private String handle(RedisStreamsMalformedPolicy<String> policy) throws Exception {
        return InstantiationUtil.clone(policy)
                .createHandler(errors, System::nanoTime)
                .handle(entry, new IOException("bad"));
    }

    @Test
    void survivesSerialization() throws Exception {
        assertThatThrownBy(() -> handle(RedisStreamsMalformedPolicy.fail()))
                .hasMessageContaining("7-1");
        assertThat(handle(RedisStreamsMalformedPolicy.skip())).isNull();
        assertThat(handle(RedisStreamsMalformedPolicy.emit(letter -> "letter")))
                .isEqualTo("letter");
    }

    @Test
    void handsTheRawBytesOver() throws Exception {
        RedisStreamsMalformedEntry letter =
                RedisStreamsMalformedEntry.copyOf(entry, new IOException("bad"));

        assertThat(letter.fields())
                .singleElement()
                .satisfies(
                        field -> {
                            assertThat(field.name()).containsExactly('n', 0xFF);
                            assertThat(field.value()).containsExactly(0, 1);
                            assertThat(field.nameAsString()).isEqualTo("n\uFFFD");
                        });
    }

    @Test
    void isReadable() {
        assertThat(RedisStreamsMalformedPolicy.fail()).hasToString("fail");
        assertThat(RedisStreamsMalformedPolicy.skip()).hasToString("skip");
        assertThat(RedisStreamsMalformedPolicy.emit(letter -> letter)).hasToString("emit");
    }

    @Test
    void refusesNoFunction() {
        assertThatThrownBy(() -> RedisStreamsMalformedPolicy.emit(null))
                .isInstanceOf(NullPointerException.class);
    }
}

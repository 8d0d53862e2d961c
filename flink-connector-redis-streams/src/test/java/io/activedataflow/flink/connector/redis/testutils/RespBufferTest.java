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

package io.activedataflow.flink.connector.redis.testutils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RespBufferTest {

    @Test
    void numbersAreWrittenInFull() {
        for (int number : new int[] {0, 9, 10, 99, 100, 12_345, Integer.MAX_VALUE}) {
            RespBuffer buffer = new RespBuffer();

            buffer.header('$', number);

            assertThat(text(buffer)).isEqualTo("$" + number + "\r\n");
        }
    }

    @Test
    void theBufferGrowsAndCanBeUsedAgain() {
        RespBuffer buffer = new RespBuffer();
        byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        buffer.bulk(large);
        assertThat(buffer.size()).isEqualTo("$100000\r\n\r\n".length() + large.length);

        buffer.clear();
        buffer.bulk(new byte[0]);

        assertThat(text(buffer)).isEqualTo("$0\r\n\r\n");
    }

    private static String text(RespBuffer buffer) {
        return new String(buffer.toByteArray(), StandardCharsets.US_ASCII);
    }
}

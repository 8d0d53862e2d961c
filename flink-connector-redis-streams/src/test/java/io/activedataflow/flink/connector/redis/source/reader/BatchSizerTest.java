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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class BatchSizerTest {

    private static final int MIB = 1024 * 1024;

    private final BatchSizer sizer = new BatchSizer(2000, 2 * MIB);

    @Test
    void beginsCarefully() {
        assertThat(sizer.countPerStream(1)).isEqualTo(64);
    }

    @Test
    void asksForAsMuchAsAllowedOfSmallEntries() {
        sizer.onReply(100 * 150, 100);
        assertThat(sizer.countPerStream(1)).isEqualTo(2000);
    }

    @Test
    void sharesTheTargetAmongBusyStreams() {
        sizer.onReply(100 * 1024, 100);
        assertThat(sizer.countPerStream(8)).isEqualTo(256);
    }

    @Test
    void alwaysAsksForSomething() {
        sizer.onReply(64L * MIB, 1);
        assertThat(sizer.countPerStream(500)).isEqualTo(1);
        assertThat(sizer.maxStreams()).isEqualTo(1);
    }

    @Test
    void fearsGrowingEntriesAtOnceAndForgetsThemByAndBy() {
        sizer.onReply(1000 * 100, 1000);
        sizer.onReply(10 * MIB, 10);
        assertThat(sizer.countPerStream(1)).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            sizer.onReply(100, 1);
        }
        assertThat(sizer.countPerStream(1)).isEqualTo(2000);
    }

    @Test
    void learnsNothingFromNothing() {
        sizer.onReply(20, 0);
        assertThat(sizer.countPerStream(1)).isEqualTo(64);
    }
}

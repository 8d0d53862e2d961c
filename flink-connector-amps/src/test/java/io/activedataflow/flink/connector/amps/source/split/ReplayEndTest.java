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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.source.WireBookmarks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class ReplayEndTest {

    private static final ReplayEnd FIRST = ReplayEnd.ofLog("18446744073709551615|7|", "tcp://one");

    @Test
    void theEndOfAnotherLogIsAddedBecauseItMayLieBefore() {
        assertThat(FIRST.movedTo(ReplayEnd.ofLog("2|5|", "tcp://two")))
                .isEqualTo(ReplayEnd.ofLog("18446744073709551615|7|,2|5|", "tcp://two"));
    }

    @Test
    void onlyTheFirstEndIsKeptHoweverOftenItMoves() {
        ReplayEnd moved = FIRST;
        for (int i = 1; i < 5; i++) {
            moved = moved.movedTo(ReplayEnd.ofLog("2|" + i + "|", "tcp://server" + i));
        }
        assertThat(moved)
                .isEqualTo(ReplayEnd.ofLog("18446744073709551615|7|,2|4|", "tcp://server4"));
    }

    @Test
    void theSameEndIsNamedOnce() {
        assertThat(FIRST.movedTo(ReplayEnd.ofLog(FIRST.bookmark(), "tcp://two")))
                .isEqualTo(ReplayEnd.ofLog(FIRST.bookmark(), "tcp://two"));
    }

    @Test
    void anEmptyLogIsWaitedFor() {
        assertThat(FIRST.movedTo(ReplayEnd.ofLog(WireBookmarks.EPOCH, "tcp://two")))
                .isEqualTo(ReplayEnd.ofLog(FIRST.bookmark(), "tcp://two"));
    }

    @Test
    void aTimeTakesThePlaceOfBookmarks() {
        ReplayEnd time = new ReplayEnd("20260102T030405.000000Z", false, null);
        assertThat(FIRST.movedTo(time)).isEqualTo(time);
    }
}

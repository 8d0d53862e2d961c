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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.reader.ReplayVerifier.Verdict;
import io.activedataflow.flink.connector.amps.source.split.PublisherPosition;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The first message of a replay at 1,000 µs with an overlap of 100 µs, so safe from 900 µs. */
@Timeout(60)
class ReplayVerifierTest {

    private static final long LAST = 1_000;
    private static final long SAFE = 900;
    private static final boolean NEW = false;
    private static final boolean DUPLICATE = true;

    @ParameterizedTest
    @EnumSource(names = {"NOWHERE", "START", "BOOKMARK"})
    void whereTheStartIsExactTheFirstMessageDoesNotMatter(From from) {
        ReplayVerifier verifier = verifier(from, false);

        assertThat(verifier.isUndecided()).isFalse();
        assertThat(verifier.firstMessage(5_000, NEW)).isEqualTo(Verdict.GO_ON);
        assertThat(verifier.nothingToReplay()).isEqualTo(Verdict.GO_ON);
    }

    @Test
    void publishersThatReachBackFarEnough() {
        assertThat(verifier(From.PUBLISHERS, false).firstMessage(SAFE, DUPLICATE))
                .isEqualTo(Verdict.GO_ON);
        assertThat(verifier(From.PUBLISHERS, false).firstMessage(SAFE - 1, NEW))
                .isEqualTo(Verdict.GO_ON);
    }

    @Test
    void publishersThatDoNotReachBackFarEnoughAreOpenedByTime() {
        assertThat(verifier(From.PUBLISHERS, false).firstMessage(SAFE + 1, DUPLICATE))
                .isEqualTo(Verdict.REOPEN_BY_TIME);
        assertThat(verifier(From.PUBLISHERS, false).firstMessage(5_000, NEW))
                .isEqualTo(Verdict.REOPEN_BY_TIME);
    }

    @Test
    void publishersWithNothingBehindThemAreOpenedByTime() {
        assertThat(verifier(From.PUBLISHERS, false).nothingToReplay())
                .isEqualTo(Verdict.REOPEN_BY_TIME);
    }

    @Test
    void aFirstMessageWithoutATimeCannotBeTrusted() {
        assertThat(verifier(From.PUBLISHERS, false).firstMessage(ReplayPosition.UNKNOWN_TIME, NEW))
                .isEqualTo(Verdict.REOPEN_BY_TIME);
    }

    @Test
    void byTimeAFirstMessageUpToTheLastOneSeenIsFine() {
        assertThat(verifier(From.TIME, false).firstMessage(LAST, NEW)).isEqualTo(Verdict.GO_ON);
        assertThat(verifier(From.TIME, false).firstMessage(SAFE, NEW)).isEqualTo(Verdict.GO_ON);
    }

    @Test
    void byTimeANewMessageBehindTheLastOneSeenIsALoss() {
        assertThat(verifier(From.TIME, false).firstMessage(LAST + 1, NEW))
                .isEqualTo(Verdict.DATA_LOSS);
    }

    @Test
    void byTimeAKnownMessageBehindTheLastOneSeenIsFine() {
        assertThat(verifier(From.TIME, false).firstMessage(LAST + 1, DUPLICATE))
                .as("the clock of this server is ahead")
                .isEqualTo(Verdict.GO_ON);
    }

    @Test
    void byTimeAnIdlePositionMayHaveNothingUpToTheLastOneSeen() {
        assertThat(verifier(From.TIME, true).firstMessage(LAST + 1, NEW)).isEqualTo(Verdict.GO_ON);
    }

    @Test
    void byTimeALogWithoutTheLastMessageIsBehind() {
        assertThat(verifier(From.TIME, false).nothingToReplay()).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void byTimeAnIdlePositionMayHaveNothingBehindIt() {
        assertThat(verifier(From.TIME, true).nothingToReplay()).isEqualTo(Verdict.GO_ON);
    }

    @Test
    void onlyTheFirstMessageIsLookedAt() {
        ReplayVerifier verifier = verifier(From.TIME, false);

        verifier.firstMessage(SAFE, DUPLICATE);

        assertThat(verifier.isUndecided()).isFalse();
        assertThat(verifier.firstMessage(LAST + 1, NEW)).isEqualTo(Verdict.GO_ON);
    }

    @Test
    void withoutTimesThePublishersAreTrusted() {
        ReplayPosition noTime =
                new ReplayPosition(
                        "A", new AmpsBookmark(1, 1), false, ReplayPosition.UNKNOWN_TIME, List.of());

        assertThat(new ReplayVerifier(From.PUBLISHERS, noTime, 0).isUndecided()).isFalse();
    }

    @Test
    void withoutAnOverlapThePublishersAreTrusted() {
        assertThat(verifier(From.PUBLISHERS, false, LAST).isUndecided()).isFalse();
    }

    private static ReplayVerifier verifier(From from, boolean idle) {
        return verifier(from, idle, SAFE);
    }

    private static ReplayVerifier verifier(From from, boolean idle, long safe) {
        return new ReplayVerifier(
                from,
                new ReplayPosition(
                        "A",
                        new AmpsBookmark(1, 9),
                        idle,
                        LAST,
                        List.of(new PublisherPosition(1, 9, LAST))),
                safe);
    }
}

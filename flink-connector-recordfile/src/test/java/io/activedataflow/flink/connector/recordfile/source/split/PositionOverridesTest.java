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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class PositionOverridesTest {

    private static final RecordFilePosition GIVEN = RecordFilePosition.atOffset(150);
    private static final PositionOverrides OVERRIDES = at(GIVEN);

    private static PositionOverrides at(RecordFilePosition position) {
        return new PositionOverrides(Map.of("/data/x", position));
    }

    /** A range of a file of 300 bytes, of which something has been read. */
    private static RecordFileSplit split(long offset, long length, RecordFilePosition position) {
        return new RecordFileSplit(
                "id",
                new Path("file:/data/x"),
                offset,
                length,
                Kind.READ,
                RecordFileIdentity.ofListed(300, 5),
                position,
                2,
                "");
    }

    @Test
    void aWholeFileGoesOnThereForwardsAndBackwards() {
        for (long read : new long[] {10, 290}) {
            RecordFileSplit moved =
                    OVERRIDES.apply(split(0, 300, RecordFilePosition.at(read, 3, 4)));

            assertThat(moved.position()).isEqualTo(GIVEN);
            assertThat(moved.position().line()).isEqualTo(RecordFilePosition.UNKNOWN);
            assertThat(moved.malformed()).isZero();
            assertThat(moved.isPlacedByHand()).isTrue();
        }
    }

    @Test
    void rangesBeforeAreBehindTheirEndAndRangesAfterAtTheirBegin() {
        RecordFilePosition half = RecordFilePosition.at(120, 3, 4);
        assertThat(OVERRIDES.apply(split(100, 30, half)).position()).isEqualTo(GIVEN);
        assertThat(OVERRIDES.apply(split(100, 100, half)).position()).isEqualTo(GIVEN);
        assertThat(OVERRIDES.apply(split(200, 100, RecordFilePosition.at(220, 9, 9))).position())
                .isEqualTo(RecordFilePosition.atOffset(200));
        RecordFilePosition untouched = RecordFilePosition.at(200, 9, 9);
        assertThat(OVERRIDES.apply(split(200, 100, untouched)).position()).isEqualTo(untouched);
    }

    @Test
    void onceUntilAnotherIsGivenOrNone() {
        RecordFileSplit applied = OVERRIDES.apply(split(0, 300, RecordFilePosition.START));
        RecordFileSplit read = applied.at(RecordFilePosition.atOffset(180), applied.identity(), 1);

        assertThat(OVERRIDES.apply(read)).isSameAs(read);
        assertThat(OVERRIDES.isToBeApplied(read)).isFalse();
        RecordFilePosition other = RecordFilePosition.atOffset(10);
        assertThat(at(other).apply(read).position()).isEqualTo(other);
        RecordFileSplit forgotten = PositionOverrides.NONE.apply(read);
        assertThat(forgotten.position()).isEqualTo(read.position());
        assertThat(forgotten.appliedOverride()).isNull();
        assertThat(OVERRIDES.apply(forgotten).position()).isEqualTo(GIVEN);
    }

    @Test
    void whatIsFoundLaterIsNotMovedNowNorAfterAFailure() {
        RecordFileSplit found = OVERRIDES.mark(split(0, 300, RecordFilePosition.START));

        assertThat(found.position()).isEqualTo(RecordFilePosition.START);
        assertThat(OVERRIDES.apply(found)).isSameAs(found);
        assertThat(found.restarted(found.identity()).appliedOverride()).isEqualTo(GIVEN);
    }

    @Test
    void filesAreRecognisedHoweverTheirPathsAreWritten() {
        for (String path : new String[] {"/data/x", "file:/data/x", "file:///data/x"}) {
            assertThat(new PositionOverrides(Map.of(path, GIVEN)).of(new Path("file:/data/x")))
                    .isEqualTo(GIVEN);
        }
        for (String path : new String[] {"/data/x/y", "/x", "s3://bucket/data/x"}) {
            assertThat(new PositionOverrides(Map.of(path, GIVEN)).of(new Path("file:/data/x")))
                    .as(path)
                    .isNull();
        }
        assertThatThrownBy(
                        () ->
                                new PositionOverrides(
                                        Map.of("/data/x", GIVEN, "file:/data/x", GIVEN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/data/x");
    }

    @Test
    void withoutAnOffsetThereIsNoPlaceAmongRanges() {
        RecordFilePosition counted = new RecordFilePosition(-1, 0, 0, 7, -1, -1);
        assertThat(at(counted).apply(split(0, 300, RecordFilePosition.START)).position())
                .isEqualTo(counted);
        assertThatThrownBy(() -> at(counted).apply(split(0, 100, RecordFilePosition.START)))
                .hasMessageContaining("file:/data/x")
                .hasMessageContaining("in ranges");
    }
}

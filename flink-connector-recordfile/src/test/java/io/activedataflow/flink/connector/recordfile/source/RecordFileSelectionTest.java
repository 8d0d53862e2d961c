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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is selected besides patterns. */
@Timeout(60)
class RecordFileSelectionTest {

    private static final RecordFileSelection DEFAULTS = RecordFileSelection.of("/in");

    @ParameterizedTest
    @ValueSource(strings = {".x", "_SUCCESS", "_temporary", ".part-0-0.inprogress.1"})
    void hiddenNamesAreNotSeen(String name) {
        assertThat(DEFAULTS.seesName(name)).isFalse();
        assertThat(
                        RecordFileSelection.builder()
                                .addRoots("/in")
                                .setIncludeHidden(true)
                                .build()
                                .seesName(name))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.csv.tmp", "a.TMP", "a.inprogress", "a.part", "a.csv._COPYING_", ".tmp"})
    void temporaryNamesAreNotSeen(String name) {
        assertThat(DEFAULTS.isTemporary(name)).isTrue();
        assertThat(DEFAULTS.isTemporary(name + "x")).isFalse();
        assertThat(
                        RecordFileSelection.builder()
                                .addRoots("/in")
                                .setIgnoredSuffixes()
                                .build()
                                .isTemporary(name))
                .isFalse();
    }

    @Test
    void filtersBySizeAndTime() {
        RecordFileSelection selection =
                RecordFileSelection.builder()
                        .addRoots("/in")
                        .setMinimumSize(10)
                        .setMaximumSize(20)
                        .setModifiedFrom(Instant.ofEpochMilli(100))
                        .setModifiedBefore(Instant.ofEpochMilli(200))
                        .setMaximumAge(Duration.ofMillis(50))
                        .build();

        assertThat(selection.accepts(10, 100, 150)).isTrue();
        assertThat(selection.accepts(20, 199, 200)).isTrue();
        assertThat(selection.accepts(9, 150, 150)).isFalse();
        assertThat(selection.accepts(21, 150, 150)).isFalse();
        assertThat(selection.accepts(15, 99, 100)).isFalse();
        assertThat(selection.accepts(15, 200, 200)).isFalse();
        assertThat(selection.accepts(15, 100, 151)).isFalse();
    }

    @Test
    void allContradictionsAreReportedAtOnce() {
        assertThatThrownBy(
                        () ->
                                RecordFileSelection.builder()
                                        .setMinimumSize(2)
                                        .setMaximumSize(1)
                                        .setModifiedFrom(Instant.EPOCH)
                                        .setModifiedBefore(Instant.EPOCH)
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no root")
                .hasMessageContaining("minimum size of 2")
                .hasMessageContaining("1970-01-01T00:00:00Z");
    }

    @Test
    void saysWhatItIsWithoutSecrets() {
        RecordFileSelection selection =
                RecordFileSelection.builder()
                        .addRoots("s3://key:se/cret@bucket/in/*.csv", "ftp://u:p@host/x")
                        .addPaths(new Path("hdfs://me:pw@nn/d"))
                        .addRegex(new Path("file:///r"), "a.*")
                        .setRecursive(false)
                        .setMinimumSize(5)
                        .setPathTemplate("{region}/*")
                        .build();

        assertThat(selection.toString())
                .contains("/in/*.csv", "ftp://***@host/x", "hdfs://***@nn/d", "matching a.*")
                .contains("size from 5", "{region}/*")
                .doesNotContain("secret", "u:p", "pw");
    }

    @Test
    void literalPathsAreNoPatterns() {
        assertThat(RecordFileSelection.of(new Path("/in/*.csv")).basePaths())
                .containsExactly(new Path("/in/*.csv"));
    }

    @Test
    void isSerializable() throws Exception {
        RecordFileSelection selection =
                RecordFileSelection.builder()
                        .addRoots("/in/**/{a,b}*.csv", "/x")
                        .addRegex(new Path("/r"), "a.*")
                        .setPathRegex("(?<x>.)")
                        .setMaximumAge(Duration.ofDays(1))
                        .build();

        assertThat(InstantiationUtil.clone(selection)).isEqualTo(selection);
        assertThat(InstantiationUtil.clone(selection).pathParts(new Path("/in/y")))
                .containsEntry("x", "y");
    }

    @Test
    void recursionCanBeSetAfterRoots() {
        assertThat(
                        RecordFileSelection.builder()
                                .addRoots("/in")
                                .setRecursive(false)
                                .build()
                                .roots()
                                .get(0)
                                .matcher()
                                .enter("x"))
                .isNull();
    }
}

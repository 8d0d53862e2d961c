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

package io.activedataflow.flink.connector.recordfile;

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitSerializer;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileProgressTest {

    private static final RecordFileProgress PROGRESS = progress("/data/a.csv", 0, 55);

    private static RecordFileProgress progress(String path, long rangeBegin, long offset) {
        return new RecordFileProgress(
                path,
                new RecordFileIdentity(100, 1_700_000_000_000L, 64, -5),
                rangeBegin,
                100,
                new RecordFilePosition(offset, 30, 25, 0, 7, 9),
                2);
    }

    @Test
    void isAMapOfTextAndNumbers() {
        assertThat(PROGRESS.toProperties())
                .containsEntry("version", 1L)
                .containsEntry("path", "/data/a.csv")
                .containsEntry("size", 100L)
                .containsEntry("offset", 55L)
                .containsEntry("recordCount", 7L)
                .containsEntry("lineCount", 9L)
                .hasSize(15)
                .allSatisfy(
                        (key, value) -> assertThat(value).isInstanceOfAny(String.class, Long.class));
    }

    @Test
    void comesBackFromItsMap() {
        assertThat(RecordFileProgress.fromProperties(PROGRESS.toProperties())).isEqualTo(PROGRESS);
    }

    @Test
    void comesBackFromNumbersOfAnotherType() {
        Map<String, Object> properties = PROGRESS.toProperties();
        properties.put("offset", 55);
        properties.put("version", 1);

        assertThat(RecordFileProgress.fromProperties(properties)).isEqualTo(PROGRESS);
    }

    @Test
    void mapsAreCopies() {
        Map<String, Object> properties = PROGRESS.toProperties();
        RecordFileProgress copy = RecordFileProgress.fromProperties(properties);
        properties.put("path", "/other");

        assertThat(copy).isEqualTo(PROGRESS);
        assertThat(PROGRESS.toProperties()).containsEntry("path", "/data/a.csv");
        assertThat(properties).as("left alone").hasSize(15);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String key : PROGRESS.toProperties().keySet()) {
            Map<String, Object> missing = PROGRESS.toProperties();
            missing.remove(key);
            assertThatThrownBy(() -> RecordFileProgress.fromProperties(missing))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(key);
        }
        Map<String, Object> newer = new HashMap<>(PROGRESS.toProperties());
        newer.put("version", 2L);
        assertThatThrownBy(() -> RecordFileProgress.fromProperties(newer))
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1");
        Map<String, Object> more = new HashMap<>(PROGRESS.toProperties());
        more.put("topic", "t");
        assertThatThrownBy(() -> RecordFileProgress.fromProperties(more))
                .hasMessageContaining("[topic]");
    }

    @Test
    void isOrderedByFileThenRangeThenPosition() {
        RecordFileProgress first = progress("/data/a.csv", 0, 10);
        RecordFileProgress second = progress("/data/a.csv", 0, 20);
        RecordFileProgress third = progress("/data/a.csv", 50, 5);
        RecordFileProgress fourth = progress("/data/b.csv", 0, 1);

        assertThat(new TreeSet<>(List.of(fourth, third, second, first)))
                .containsExactly(first, second, third, fourth);
        assertThat(first).isEqualByComparingTo(progress("/data/a.csv", 0, 10));
    }

    @Test
    void isReadFromTheStateOfASplit() throws IOException {
        RecordFileSplit split =
                new RecordFileSplit(
                        "id",
                        new Path("/data/a.csv"),
                        0,
                        100,
                        RecordFileSplit.Kind.READ,
                        PROGRESS.identity(),
                        PROGRESS.position(),
                        2,
                        "");
        RecordFileSplitSerializer serializer = RecordFileSplitSerializer.INSTANCE;

        RecordFileProgress read =
                RecordFileProgress.fromSplitState(
                        serializer.getVersion(), serializer.serialize(split));

        assertThat(read).isEqualTo(PROGRESS);
        assertThat(read.recordCount()).isEqualTo(7);
        assertThat(read.lineCount()).isEqualTo(9);
        assertThatThrownBy(() -> RecordFileProgress.fromSplitState(99, new byte[3]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }
}

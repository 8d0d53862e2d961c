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

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ReaderIdlenessTest {

    private final Output output = new Output();
    private final ReaderIdleness idleness = new ReaderIdleness();

    @Test
    void aReaderIsNotIdleByItself() {
        idleness.outputIs(output);
        idleness.somethingToRead();

        assertThat(output.marks).isEmpty();
    }

    @Test
    void isIdleByTheEnumeratorsWordAndOnlyOnce() {
        idleness.outputIs(output);
        idleness.nothingToRead();
        idleness.nothingToRead();
        idleness.outputIs(output);

        assertThat(output.marks).containsExactly("split idle", "released", "idle");
    }

    @Test
    void isActiveAgainWithItsFirstSplit() {
        idleness.outputIs(output);
        idleness.nothingToRead();
        idleness.somethingToRead();
        idleness.somethingToRead();
        idleness.nothingToRead();

        assertThat(output.marks)
                .containsExactly(
                        "split idle",
                        "released",
                        "idle",
                        "active",
                        "split idle",
                        "released",
                        "idle");
    }

    @Test
    void aWordThatComesBeforeTheOutputIsKept() {
        idleness.nothingToRead();
        idleness.outputIs(output);

        assertThat(output.marks).containsExactly("split idle", "released", "idle");
    }

    @Test
    void aWordTakenBackBeforeTheOutputIsForgotten() {
        idleness.nothingToRead();
        idleness.somethingToRead();
        idleness.outputIs(output);

        assertThat(output.marks).isEmpty();
    }

    private static final class Output implements ReaderOutput<String> {

        private final List<String> marks = new ArrayList<>();

        @Override
        public void markIdle() {
            marks.add("idle");
        }

        @Override
        public void markActive() {
            marks.add("active");
        }

        @Override
        public void collect(String record) {
            throw new AssertionError(record);
        }

        @Override
        public void collect(String record, long timestamp) {
            throw new AssertionError(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new AssertionError(watermark);
        }

        @Override
        public SourceOutput<String> createOutputForSplit(String splitId) {
            return new SplitOutput(marks);
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            marks.add("released");
        }
    }

    private record SplitOutput(List<String> marks) implements SourceOutput<String> {

        @Override
        public void markIdle() {
            marks.add("split idle");
        }

        @Override
        public void markActive() {
            throw new AssertionError();
        }

        @Override
        public void collect(String record) {
            throw new AssertionError(record);
        }

        @Override
        public void collect(String record, long timestamp) {
            throw new AssertionError(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new AssertionError(watermark);
        }
    }
}

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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.format.LinesFraming;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

import static org.assertj.core.api.Assertions.assertThat;

/** The format in Flink's own file source. */
@Timeout(180)
class RecordFileFormatITCase {

    private static final int NUMBERS = 20_000;
    private static final int PARTS = 7;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @RegisterExtension final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @TempDir private java.nio.file.Path directory;

    /** Cuts each file in parts that begin anywhere. */
    private static final class Cutting implements FileEnumerator {

        @Override
        public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits) {
            List<FileSourceSplit> splits = new ArrayList<>();
            for (Path path : paths) {
                File file = new File(path.getPath());
                for (int part = 0; part < PARTS; part++) {
                    long from = file.length() * part / PARTS;
                    long to = file.length() * (part + 1) / PARTS;
                    splits.add(
                            new FileSourceSplit(
                                    path + "-" + from,
                                    path,
                                    from,
                                    to - from,
                                    file.lastModified(),
                                    file.length()));
                }
            }
            return splits;
        }
    }

    /** Fails once, at the first element after a checkpoint. Works a while for each element. */
    private static final class FailingOnce extends RichMapFunction<String, Integer>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private final SharedReference<AtomicInteger> failures;
        private boolean checkpointed;
        private int attempt;

        private FailingOnce(SharedReference<AtomicInteger> failures) {
            this.failures = failures;
        }

        @Override
        public void open(OpenContext context) {
            attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        }

        @Override
        public Integer map(String element) {
            if (checkpointed && attempt == 0) {
                failures.get().incrementAndGet();
                throw new IllegalStateException("A failure on purpose.");
            }
            CRC32C work = new CRC32C();
            for (int i = 0; i < 20_000; i++) {
                work.update(i);
            }
            return Integer.parseInt(element) + (work.getValue() == 0 ? 1 : 0);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }
    }

    @Test
    void readsEachElementOnceInParts() throws Exception {
        StringBuilder text = new StringBuilder("\uFEFF");
        for (int i = 0; i < NUMBERS; i++) {
            text.append(i).append(i % 5 == 4 ? "\r\n" : " ");
        }
        java.nio.file.Path file = directory.resolve("numbers");
        java.nio.file.Files.writeString(file, text);
        SharedReference<AtomicInteger> failures = shared.add(new AtomicInteger());
        Configuration config = new Configuration();
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        env.enableCheckpointing(20);
        FileSource<String> source =
                FileSource.forBulkFileFormat(
                                RecordFileFormat.of(LinesFraming.create(), new WordsSchema()),
                                new Path(file.toUri()))
                        .setFileEnumerator(Cutting::new)
                        .build();

        BitSet seen = new BitSet();
        int count = 0;
        try (CloseableIterator<Integer> numbers =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers")
                        .map(new FailingOnce(failures))
                        .executeAndCollect()) {
            while (numbers.hasNext()) {
                seen.set(numbers.next());
                count++;
            }
        }

        assertThat(failures.get().get()).isPositive();
        assertThat(count).isEqualTo(NUMBERS);
        assertThat(seen.cardinality()).isEqualTo(NUMBERS);
    }
}

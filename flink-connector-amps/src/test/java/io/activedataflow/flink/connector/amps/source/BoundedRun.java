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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Runs bounded jobs to their end and keeps what they have read. */
final class BoundedRun {

    private BoundedRun() {}

    /** The numbers by key, each in the order in which they came. */
    static Map<String, List<Long>> read(AmpsSourceBuilder<Tuple2<String, Long>> source)
            throws Exception {
        return read(source, 1);
    }

    /** As {@link #read(AmpsSourceBuilder)}, with so many readers. */
    static Map<String, List<Long>> read(
            AmpsSourceBuilder<Tuple2<String, Long>> source, int parallelism) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        Map<String, List<Long>> read = new TreeMap<>();
        try (CloseableIterator<Tuple2<String, Long>> entries =
                env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "entries")
                        .executeAndCollect()) {
            entries.forEachRemaining(
                    entry ->
                            read.computeIfAbsent(entry.f0, key -> new ArrayList<>()).add(entry.f1));
        }
        return read;
    }

    /** What {@link #read} returns if it has read these numbers of one key. */
    static Map<String, List<Long>> numbers(String key, long from, long to) {
        return Map.of(key, LongStream.range(from, to).boxed().toList());
    }
}

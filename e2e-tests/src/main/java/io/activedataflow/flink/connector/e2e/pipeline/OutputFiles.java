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

package io.activedataflow.flink.connector.e2e.pipeline;

import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Where the results are: a directory for each kind, with files of one line per result that
 * checkpoints commit. The name of a file that is not committed begins with a dot.
 *
 * @param directory above those
 */
public record OutputFiles(String directory) {

    /** Of {@link Arrival}: all parts. */
    public static final String ARRIVALS = "arrivals";

    /** Of {@link JoinedOrder}. */
    public static final String ORDERS = "orders";

    /** Of {@link WindowTotals}. */
    public static final String WINDOWS = "windows";

    /** Of {@link LargeOrder}; the upgraded job only. */
    public static final String LARGE_ORDERS = "large-orders";

    <T> void write(DataStream<T> results, String kind) {
        FileSink<T> sink =
                FileSink.forRowFormat(new Path(directory, kind), new SimpleStringEncoder<T>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build();
        results.sinkTo(sink).name(kind + "-files").uid(kind + "-files");
    }
}

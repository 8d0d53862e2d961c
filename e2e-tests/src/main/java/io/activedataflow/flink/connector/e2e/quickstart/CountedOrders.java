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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** What the job does with the orders of a source, between source and files. */
final class CountedOrders {

    private CountedOrders() {}

    /** Counts the orders per customer in Flink's state. */
    static DataStream<CountedOrder> count(String source, DataStream<Long> orders) {
        return orders.map(new Arrivals<>())
                .returns(Types.LONG)
                .name(Arrivals.operatorOf(source))
                .uid(Arrivals.operatorOf(source))
                .keyBy(Orders::customerOf, Types.INT)
                .process(new CustomerTally())
                .name(source + "-count-per-customer")
                .uid(source + "-count-per-customer");
    }

    static void commit(String source, DataStream<CountedOrder> orders, Path directory) {
        orders.sinkTo(committedFiles(directory))
                .name(source + "-committed-files")
                .uid(source + "-committed-files");
    }

    /** Files of one line per record, committed by each checkpoint. */
    static <T> FileSink<T> committedFiles(Path directory) {
        return FileSink.forRowFormat(directory, new SimpleStringEncoder<T>())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }
}

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

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSource;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSourceBuilder;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;

/**
 * The parts that are in files, CSV or JSON Lines, some of them compressed.
 *
 * @param directory of the files
 */
record FilesInput(String directory) {

    static final String NAME = "files";

    private static final Duration DISCOVERY = Duration.ofMillis(200);
    private static final Duration DISCOVERY_AT_MOST = Duration.ofSeconds(1);

    DataStream<OrderPart> read(StreamExecutionEnvironment env, PipelineSettings job) {
        return read(env, job, "csv", CsvFraming.builder().build())
                .union(read(env, job, "jsonl", JsonLinesFraming.create()));
    }

    private DataStream<OrderPart> read(
            StreamExecutionEnvironment env,
            PipelineSettings job,
            String suffix,
            RecordFileFraming framing) {
        RecordFileSourceBuilder<OrderPart> source =
                RecordFileSource.<OrderPart>builder()
                        .setSelection(
                                RecordFileSelection.builder()
                                        .addRegex(
                                                new Path(directory), ".*\\." + suffix + "(\\.gz)?")
                                        .build())
                        .setFormat(framing, RecordFileDeserializationSchema.pojo(OrderPart.class))
                        .setTimestamps(RecordFileTimestamps.column("time"))
                        .setOrder(RecordFileOrder.NAME);
        if (!job.bounded()) {
            source.setContinuous(DISCOVERY).setMaxDiscoveryInterval(DISCOVERY_AT_MOST);
        }
        String name = NAME + '-' + suffix;
        return env.fromSource(source.build(), job.eventTime().watermarks(), name).uid(name);
    }
}

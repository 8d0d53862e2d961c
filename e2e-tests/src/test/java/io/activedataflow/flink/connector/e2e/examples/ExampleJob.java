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

package io.activedataflow.flink.connector.e2e.examples;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

import java.util.ArrayList;
import java.util.List;

/** Runs an example in this JVM, checkpointed, at a parallelism of two. */
final class ExampleJob {

    private ExampleJob() {}

    static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("execution.checkpointing.interval", "200 ms");
        return StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    }

    static RedisStreamsConnectionOptions connectionTo(RedisProcess redis) {
        return RedisStreamsConnectionOptions.standalone(redis.host(), redis.port()).build();
    }

    static AmpsConnectionOptions connectionTo(AmpsStandIn amps) {
        return AmpsConnectionOptions.servers(amps.uri("json")).build();
    }

    /** All that a bounded job puts out. */
    static <T> List<T> output(DataStream<T> stream) throws Exception {
        List<T> all = new ArrayList<>();
        CloseableIterator<T> results = stream.executeAndCollect();
        try {
            results.forEachRemaining(all::add);
        } finally {
            results.close();
        }
        return all;
    }
}

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

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job of the quick start for a cluster: reads the sources that its arguments name, counts the
 * orders per customer, and commits them to files. Checkpoints, restarts and all else are left to
 * the configuration of the cluster. See {@link ClusterJobArguments} for the arguments.
 */
public final class QuickStartClusterJob {

    private QuickStartClusterJob() {}

    public static void main(String[] args) throws Exception {
        ClusterJobArguments arguments = ClusterJobArguments.parse(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, arguments);
        env.execute("ActiveDataFlow quick start");
    }

    static void build(StreamExecutionEnvironment env, ClusterJobArguments arguments) {
        if (arguments.has(ClusterJobArguments.REDIS)) {
            countAndCommit(
                    RedisOrderSource.NAME,
                    RedisOrderSource.read(env, arguments.redisConnection()),
                    arguments);
        }
        if (arguments.has(ClusterJobArguments.AMPS)) {
            countAndCommit(
                    AmpsOrderSource.NAME,
                    AmpsOrderSource.read(env, arguments.ampsConnection()),
                    arguments);
        }
        if (arguments.has(ClusterJobArguments.FILES)) {
            countAndCommit(
                    FileOrderSource.NAME,
                    FileOrderSource.read(
                            env, arguments.files(), arguments.output(DeadLetters.NAME)),
                    arguments);
        }
    }

    private static void countAndCommit(
            String source, DataStream<Long> orders, ClusterJobArguments arguments) {
        CountedOrders.commit(source, CountedOrders.count(source, orders), arguments.output(source));
    }
}

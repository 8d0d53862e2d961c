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

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

/**
 * The job of the quick start, on a local cluster with web UI: for each source, counts the orders
 * per customer in Flink's state, and commits each to a file together with its count.
 */
final class QuickStartJob {

    static final int PARALLELISM = 2;

    private QuickStartJob() {}

    static JobClient submit(QuickStartSettings settings, List<Inlet> inlets) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration(settings));
        env.setParallelism(PARALLELISM);
        for (Inlet inlet : inlets) {
            countAndCommit(inlet.name(), inlet.read(env), settings);
        }
        return env.executeAsync("ActiveDataFlow quick start");
    }

    private static void countAndCommit(
            String source, DataStream<Long> orders, QuickStartSettings settings) {
        DataStream<CountedOrder> counted =
                CountedOrders.count(source, orders)
                        .map(new CrashOnRequest<>(settings.crashRequest().toString()))
                        .returns(CountedOrder.class)
                        .name(source + "-crash-on-request")
                        .uid(source + "-crash-on-request");
        CountedOrders.commit(source, counted, new Path(settings.output(source).toUri()));
    }

    /** Texts rather than options, as these differ between the Flink lines. */
    private static Configuration configuration(QuickStartSettings settings) {
        Configuration configuration = new Configuration();
        configuration.setString("rest.address", "localhost");
        configuration.setString("rest.port", Integer.toString(settings.webPort()));
        configuration.setString("rest.bind-port", Integer.toString(settings.webPort()));
        configuration.setString("metrics.fetcher.update-interval", "250");
        configuration.setString("web.refresh-interval", "250");
        configuration.setString("pipeline.generic-types", "false");
        // One crash for all, as if the sources met further down, rather than for one of them.
        configuration.setString("jobmanager.execution.failover-strategy", "full");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "10");
        configuration.setString("restart-strategy.fixed-delay.delay", "1 s");
        configuration.setString("execution.checkpointing.interval", "1 s");
        configuration.setString("execution.checkpointing.storage", "filesystem");
        configuration.setString(
                "execution.checkpointing.dir", settings.checkpoints().toUri().toString());
        return configuration;
    }
}

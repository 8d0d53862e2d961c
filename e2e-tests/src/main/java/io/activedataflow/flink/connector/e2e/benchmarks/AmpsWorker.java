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

package io.activedataflow.flink.connector.e2e.benchmarks;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.source.AmpsSource;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A JVM that does nothing but run one contestant of {@link AmpsBenchmark}, as {@link Worker}. */
final class AmpsWorker {

    private AmpsWorker() {}

    /** Arguments: role, URI, messages. */
    public static void main(String[] args) {
        int exitCode = 0;
        try {
            obey(AmpsRole.named(args[0]), args[1], Long.parseLong(args[2]));
        } catch (Exception e) {
            e.printStackTrace();
            exitCode = 1;
        }
        // A thread that a failed run has left must not keep the other side waiting.
        System.exit(exitCode);
    }

    private static void obey(AmpsRole role, String uri, long messages) throws Exception {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contestant contestant = contestant(role, uri)) {
            while (orders.readLine() != null) {
                contestant.prepare();
                System.gc();
                Meter meter = new Meter(messages, "\"id\":" + messages + ',');
                contestant.run(meter);
                System.out.println(meter.result(0).toLine());
            }
        }
    }

    private static Contestant contestant(AmpsRole role, String uri) {
        return role == AmpsRole.BARE_CLIENT ? new BareAmpsClient(uri) : job(uri);
    }

    private static Contestant job(String uri) {
        AmpsSource<byte[]> source =
                AmpsSource.<byte[]>builder()
                        .setConnection(AmpsConnectionOptions.servers(uri).build())
                        .setTopics(StandInProcess.TOPIC)
                        .setStartPosition(AmpsStartPosition.earliest())
                        .setDeserializer(AmpsDeserializationSchema.bytes())
                        .build();
        return new FlinkJob(source, () -> {});
    }
}

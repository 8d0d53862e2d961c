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

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A JVM that does nothing but run one contestant, once for each line it gets. One for each, so that
 * the compiler sees each as it would be in production, not a mixture.
 */
final class Worker {

    private Worker() {}

    /** Arguments: role, host, port, fields, entries. */
    public static void main(String[] args) {
        int exitCode = 0;
        try {
            obey(Role.named(args[0]), args[1], Integer.parseInt(args[2]), dataset(args));
        } catch (Exception e) {
            e.printStackTrace();
            exitCode = 1;
        }
        // A thread that a failed run has left must not keep the other side waiting.
        System.exit(exitCode);
    }

    private static Dataset dataset(String[] args) {
        return new Dataset(Integer.parseInt(args[3]), Long.parseLong(args[4]));
    }

    private static void obey(Role role, String host, int port, Dataset dataset) throws Exception {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contestant contestant = new Contestants(host, port, dataset).create(role)) {
            while (orders.readLine() != null) {
                System.out.println(run(contestant, host, port, dataset).toLine());
            }
        }
    }

    private static Measurement run(Contestant contestant, String host, int port, Dataset dataset)
            throws Exception {
        contestant.prepare();
        System.gc();
        Meter meter = new Meter(dataset.entries(), dataset.number(dataset.entries() - 1));
        try (RedisCommands redis = RedisCommands.connect(host, port)) {
            long before = cpuNanos(redis);
            contestant.run(meter);
            return meter.result(cpuNanos(redis) - before);
        }
    }

    private static long cpuNanos(RedisCommands redis) {
        Map<String, String> cpu = redis.info("cpu");
        double seconds =
                Double.parseDouble(cpu.get("used_cpu_sys"))
                        + Double.parseDouble(cpu.get("used_cpu_user"));
        return Math.round(seconds * 1e9);
    }
}

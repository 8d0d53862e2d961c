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

package io.activedataflow.flink.connector.e2e.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FlinkOptionCatalogTest {

    private final FlinkOptionCatalog options = FlinkOptionCatalog.load();

    @Test
    void knowsTheOptionsOfFlink() {
        assertThat(options.size()).isGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.interval, 10 s",
        "taskmanager.memory.process.size, 1536m",
        "execution.checkpointing.externalized-checkpoint-retention, RETAIN_ON_CANCELLATION",
        "metrics.reporter.prom.factory.class, a.Factory",
        "metrics.reporter.prom.interval, 10 s",
        "metrics.reporter.prom.port, 9249",
        "job.autoscaler.metrics.window, 5 min"
    })
    void understands(String key, String value) {
        assertThat(options.problemWith(key, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.intervall, 10 s, is no option of Flink",
        "execution.checkpointing.interval, often, cannot be 'often'",
        "execution.checkpointing.num-retained, three, cannot be 'three'",
        "execution.checkpointing.externalized-checkpoint-retention, KEEP, cannot be 'KEEP'",
        "taskmanager.memory.process.size, big, cannot be 'big'",
        "factory.class, a.Factory, is no option of Flink",
        "metrics.reporter.prom.factory, a.Factory, is no option of Flink",
        "metrics.reporter.prom.interval, often, cannot be 'often'",
        "job.autoscaler.window, 5 min, is no option of Flink",
        "job.autoscaler.metrics.window, wide, cannot be 'wide'"
    })
    void refuses(String key, String value, String reason) {
        assertThat(options.problemWith(key, value).orElseThrow()).contains(reason);
    }

    @Test
    void tellsTheNameThatAnOldKeyHasNow() {
        assertThat(options.problemWith("state.checkpoints.dir", "file:///data").orElseThrow())
                .contains("it is now execution.checkpointing.dir");
    }
}

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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class LogEventTest {

    private static final String LOG =
            """
            something of the JVM
            21:40:01.123 INFO  io.activedataflow.flink.connector.redis.Reader   - Read from a:1
            21:40:01.124 WARN  io.activedataflow.flink.connector.amps.Reader    - No answer
            java.io.IOException: cut
            \tat io.activedataflow.Example.read(Example.java:1)
            2026-11-21 21:40:02,001 ERROR org.apache.flink.Task                 [] - Failed
            """;

    @Test
    void eventHasTheLinesUpToTheNextOne() {
        List<LogEvent> events = LogEvent.of("taskmanager-1", LOG);

        assertThat(events).hasSize(3);
        assertThat(events.get(0).text()).endsWith("Read from a:1");
        assertThat(events.get(0).hasStackTrace()).isFalse();
        assertThat(events.get(1).text()).contains("No answer").contains("cut");
        assertThat(events.get(1).hasStackTrace()).isTrue();
        assertThat(events.get(1).isWarning()).isTrue();
        assertThat(events.get(2).isError()).isTrue();
        assertThat(events.get(2)).hasToString("taskmanager-1: " + events.get(2).text());
    }

    @Test
    void eventNamesSplitAndServer() {
        LogEvent event = LogEvent.of("taskmanager-1", LOG).get(0);

        assertThat(event.names("Read", new Endpoint("a", 1))).isTrue();
        assertThat(event.names("Read", new Endpoint("b", 1))).isFalse();
        assertThat(event.names("Write", new Endpoint("a", 1))).isFalse();
    }

    @Test
    void eventIsOfThePackageOfItsLogger() {
        LogEvent event = LogEvent.of("taskmanager-1", LOG).get(1);

        assertThat(event.isOf("io.activedataflow.flink.connector.amps")).isTrue();
        assertThat(event.isOf("io.activedataflow.flink.connector.am")).isFalse();
    }
}

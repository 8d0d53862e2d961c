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

package io.activedataflow.flink.connector.e2e.environment;

import java.time.Duration;
import java.util.List;

/** The client as a process of its own, for each call. */
record ProcessFlinkCli(FlinkJvm java, Reaper reaper) implements FlinkCli {

    private static final String MAIN = "org.apache.flink.client.cli.CliFrontend";

    /** Calls wait for savepoints. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @Override
    public String execute(List<String> arguments) {
        return Tool.run(
                "flink " + String.join(" ", arguments),
                java.command(FlinkJvm.SHORT_LIVED, MAIN, arguments),
                java,
                TIMEOUT,
                reaper);
    }
}

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

import io.activedataflow.flink.connector.e2e.environment.FlinkCli;

import java.util.ArrayList;
import java.util.List;

/** A client of which everything is kept that it has written. */
final class RecordedCli implements FlinkCli {

    private final FlinkCli client;
    private final List<String> written = new ArrayList<>();

    RecordedCli(FlinkCli client) {
        this.client = client;
    }

    @Override
    public String execute(List<String> arguments) {
        String output = client.execute(arguments);
        written.add(output);
        return output;
    }

    /** What was written in all calls. */
    String written() {
        return String.join("\n", written);
    }
}

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

package io.activedataflow.flink.connector.amps.standin;

import java.util.List;

/** Which acknowledgements a client asked for with a command. */
record AckRequest(String commandId, List<String> types) {

    static AckRequest of(Header header) {
        String types = header.get(Field.ACK);
        return new AckRequest(
                header.get(Field.COMMAND_ID),
                types == null ? List.of() : List.of(types.split(",")));
    }

    boolean wants(String type) {
        return types.contains(type);
    }

    boolean isForFailures() {
        return !types.isEmpty();
    }

    /** Failures are told where success of the command would be told. */
    String typeOfFailure() {
        return wants("processed") ? "processed" : types.get(types.size() - 1);
    }
}

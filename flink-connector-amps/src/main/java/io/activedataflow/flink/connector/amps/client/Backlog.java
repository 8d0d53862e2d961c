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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

/** Reads how many messages a queue leases to a subscription at a time. */
@Internal
final class Backlog {

    /** The server did not say. */
    static final int UNKNOWN = -1;

    private static final String OPTION = "max_backlog=";

    private Backlog() {}

    /** What the options of the server's answer say, or {@link #UNKNOWN}. */
    static int of(String options) {
        for (String option : options.split(",")) {
            String trimmed = option.trim();
            if (trimmed.startsWith(OPTION)) {
                return number(trimmed.substring(OPTION.length()));
            }
        }
        return UNKNOWN;
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text.trim());
            return number > 0 ? number : UNKNOWN;
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}

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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options of a subscription to a queue.
 *
 * @param maxBacklog how many leases it asks for
 * @param others what they have in common with those of other subscriptions
 */
record QueueOptions(int maxBacklog, SubscribeOptions others) {

    private static final String MAX_BACKLOG = "max_backlog=";

    /** Those that make sense; bookmarks are there anyway, and messages are always complete. */
    private static final Set<String> COMMON =
            Set.of(
                    "bookmark",
                    "no_empties",
                    "no_sowkey",
                    "non_regex_topic",
                    "replace",
                    "select",
                    "timestamp");

    /**
     * @param text null for no options
     */
    static QueueOptions parse(String text) throws Rejected {
        int maxBacklog = 1;
        List<String> others = new ArrayList<>();
        for (String option : SubscribeOptions.split(text == null ? "" : text)) {
            if (option.startsWith(MAX_BACKLOG)) {
                maxBacklog = positive(option.substring(MAX_BACKLOG.length()));
            } else if (isCommon(option) || option.equals("conflation=none")) {
                others.add(option);
            } else {
                throw new Rejected(Reason.INVALID_OPTIONS);
            }
        }
        return new QueueOptions(maxBacklog, SubscribeOptions.parse(String.join(",", others)));
    }

    private static boolean isCommon(String option) {
        int equals = option.indexOf('=');
        return COMMON.contains(equals < 0 ? option : option.substring(0, equals));
    }

    static int positive(String text) throws Rejected {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        return Integer.parseInt(text);
    }
}

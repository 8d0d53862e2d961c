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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a subscription; what is not known or not supported is rejected. */
final class SubscribeOptions {

    private static final Set<String> KNOWN =
            Set.of(
                    "bookmark",
                    "bookmark_not_found",
                    "fully_durable",
                    "live",
                    "no_empties",
                    "no_sowkey",
                    "non_regex_topic",
                    "oof",
                    "pause",
                    "replace",
                    "resume",
                    "select",
                    "send_keys",
                    "skip_n",
                    "timestamp",
                    "top_n");
    private static final Set<String> UNSUPPORTED =
            Set.of(
                    "conflation",
                    "conflation_key",
                    "grouping",
                    "max_backlog",
                    "projection",
                    "rate",
                    "rate_max_gap");

    private final Map<String, String> values;

    private SubscribeOptions(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param text null for no options
     */
    static SubscribeOptions parse(String text) throws Rejected {
        Map<String, String> values = new HashMap<>();
        for (String option : split(text == null ? "" : text)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            if (option.equals("conflation=none")) {
                continue;
            }
            if (UNSUPPORTED.contains(name)) {
                throw new Rejected(Reason.NOT_SUPPORTED);
            }
            if (!KNOWN.contains(name)) {
                throw new Rejected(Reason.INVALID_OPTIONS);
            }
            values.put(name, value);
        }
        return new SubscribeOptions(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value of an option, null if it is not set. */
    String get(String name) {
        return values.get(name);
    }

    /** Rejects the options that make no sense for a command. */
    void refuse(String... names) throws Rejected {
        for (String name : names) {
            if (has(name)) {
                throw new Rejected(Reason.INVALID_OPTIONS);
            }
        }
    }

    BookmarkResolver.NotFound notFound() throws Rejected {
        return switch (values.getOrDefault("bookmark_not_found", "now")) {
            case "now" -> BookmarkResolver.NotFound.NOW;
            case "epoch" -> BookmarkResolver.NotFound.EPOCH;
            case "fail" -> BookmarkResolver.NotFound.FAIL;
            default -> throw new Rejected(Reason.INVALID_OPTIONS);
        };
    }

    /** Splits at the commas outside brackets. */
    static List<String> split(String text) {
        List<String> options = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            } else if (c == ',' && (depth == 0 || i == text.length())) {
                String option = text.substring(start, i).trim();
                if (!option.isEmpty()) {
                    options.add(option);
                }
                start = i + 1;
            }
        }
        return options;
    }
}

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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which options of a subscription users may set themselves, and with what. */
@Internal
final class SubscribeOptions {

    /** A name, or a name and a value; commas only in brackets, as they separate options. */
    private static final Pattern ONE_OPTION =
            Pattern.compile("(\\w+)(?:=(?:[^,\\[\\]\\p{Cntrl}]+|\\[[^\\[\\]\\p{Cntrl}]+]))?");

    private static final Map<String, String> OF_THE_CONNECTOR =
            Map.of(
                    "timestamp", "Use setTimestamps.",
                    "bookmark_not_found", "Use setOnDataLoss.",
                    "non_regex_topic", "It is set where a name given to setTopics needs it.",
                    "select", "Use setFieldSelection.");

    private static final Map<String, String> OF_QUERIES =
            Map.of(
                    "top_n", "Use setTopN.",
                    "oof", "Use setOutOfFocus.",
                    "delta", "Use setDeltas.",
                    "bookmark", "It is set where it is of use; remove it.");

    private static final String NOT_THIS_SUBSCRIPTION =
            "It belongs to another kind of subscription; remove it.";

    private static final Map<String, String> OF_NO_USE =
            Map.of(
                    "replace",
                    "A subscription cannot be changed while the job runs; remove it.",
                    "pause",
                    "Nothing would resume it; remove it.",
                    "resume",
                    "The subscription is never paused; remove it.",
                    "max_backlog",
                    "Use AmpsQueueOptions.withMaxBacklog with a queue.",
                    "send_keys",
                    NOT_THIS_SUBSCRIPTION,
                    "cancel",
                    NOT_THIS_SUBSCRIPTION,
                    "expire",
                    NOT_THIS_SUBSCRIPTION,
                    "ack_conflation",
                    NOT_THIS_SUBSCRIPTION);

    private static final String CONFLATION =
            "it merges messages, whose positions are then lost. Remove it, or use"
                    + " AmpsSubscriptionKind.LIVE";

    private static final String AGGREGATION =
            "aggregates have no position in the log. Remove it, and aggregate in the job";

    private static final Map<String, String> NOT_EXACTLY_ONCE =
            Map.ofEntries(
                    Map.entry("conflation", CONFLATION),
                    Map.entry("conflation_key", CONFLATION),
                    Map.entry(
                            "live",
                            "it delivers messages before they are in the log, and they may be gone"
                                    + " after a failover. Remove it; 'fully_durable' is the"
                                    + " opposite"),
                    Map.entry("grouping", AGGREGATION),
                    Map.entry("projection", AGGREGATION),
                    Map.entry(
                            "delta",
                            "deltas build upon messages that a restart does not repeat. Remove it"),
                    Map.entry(
                            "top_n",
                            "the server would count anew after each reconnect. Use"
                                    + " setBounded(AmpsStopPosition.afterMessages(n))"),
                    Map.entry(
                            "skip_n",
                            "the server would skip anew after each reconnect. Use setStartPosition"),
                    Map.entry("bookmark", "a replay has bookmarks in any case. Remove it"),
                    Map.entry(
                            "oof",
                            "the log does not tell what is out of focus. Remove it, or use"
                                    + " AmpsSubscriptionKind.LIVE"));

    private static final Set<String> NOT_FOR_QUEUES =
            Set.of(
                    "conflation",
                    "conflation_key",
                    "grouping",
                    "projection",
                    "delta",
                    "oof",
                    "skip_n",
                    "bookmark",
                    "no_empties");

    private static final Set<String> NEED_THE_LOG =
            Set.of("fully_durable", "live", "rate", "rate_max_gap", "top_n");

    private SubscribeOptions() {}

    /** Returns the option if it is one, and one that is not the connector's own business. */
    static String require(String option) {
        String trimmed = option == null ? "" : option.trim();
        if (!ONE_OPTION.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(
                    "setOptions() got "
                            + (option == null ? "null" : "'" + option + "'")
                            + ", which is not one option. Give each as a text of its own, for"
                            + " example setOptions(\"fully_durable\", \"rate=1000\").");
        }
        String name = name(trimmed);
        String remedy = OF_THE_CONNECTOR.getOrDefault(name, OF_NO_USE.get(name));
        if (remedy != null) {
            throw new IllegalArgumentException(
                    "The server option '" + trimmed + "' cannot be set with setOptions. " + remedy);
        }
        return trimmed;
    }

    /** Adds what does not go together with the kind of subscription. */
    static void addProblems(
            AmpsSubscriptionKind kind, List<String> options, List<String> problems) {
        for (String option : options) {
            String problem = problem(kind, option, name(option));
            if (problem != null) {
                problems.add("The server option '" + option + '\'' + problem);
            }
        }
        options.stream()
                .map(SubscribeOptions::name)
                .filter(name -> options.stream().filter(o -> name(o).equals(name)).count() > 1)
                .distinct()
                .forEach(
                        name ->
                                problems.add(
                                        "The server option '"
                                                + name
                                                + "' is given more than once. Keep one."));
    }

    @Nullable
    private static String problem(AmpsSubscriptionKind kind, String option, String name) {
        return switch (kind) {
            case BOOKMARK_REPLAY -> problemOfReplay(option, name);
            case LIVE ->
                    NEED_THE_LOG.contains(name)
                            ? " needs the transaction log, which a live subscription does not"
                                    + " use. Remove it, or use"
                                    + " AmpsSubscriptionKind.BOOKMARK_REPLAY."
                            : null;
            case SOW, SOW_AND_SUBSCRIBE -> problemOfQuery(name);
            case QUEUE -> problemOfQueue(name);
        };
    }

    @Nullable
    private static String problemOfReplay(String option, String name) {
        String why = NOT_EXACTLY_ONCE.get(name);
        return why == null || option.equals("conflation=none")
                ? null
                : " and a bookmark replay (exactly once) exclude each other: " + why + '.';
    }

    @Nullable
    private static String problemOfQueue(String name) {
        if (NOT_FOR_QUEUES.contains(name)) {
            return " makes no sense for a queue, which delivers whole messages, each once, and"
                    + " leases them. Remove it.";
        }
        return NEED_THE_LOG.contains(name)
                ? " is about replays of the transaction log, not queues. Remove it, or use"
                        + " AmpsSubscriptionKind.BOOKMARK_REPLAY."
                : null;
    }

    @Nullable
    private static String problemOfQuery(String name) {
        String setter = OF_QUERIES.get(name);
        if (setter != null) {
            return " is set otherwise for queries of the state of the world. " + setter;
        }
        return NEED_THE_LOG.contains(name)
                ? " is about replays of the transaction log, not queries of the state of the"
                        + " world. Remove it, or use AmpsSubscriptionKind.BOOKMARK_REPLAY."
                : null;
    }

    /** The name of an option, in small letters. */
    static String name(String option) {
        int equals = option.indexOf('=');
        return (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
    }
}

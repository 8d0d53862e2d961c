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

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the administration interface answers for each of its resources.
 *
 * <p>The names of the resources and of their metrics are those of the AMPS monitoring guide, as far
 * as this server knows a value for them. <b>How the answers are nested is not documented</b>: here
 * a resource lies below {@code amps} and {@code instance}, and one with several rows is an array.
 * Clients must find the rows they look for at any depth.
 */
final class AdminDocument {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private AdminDocument() {}

    /** The whole answer for a resource, or null if there is none of that name. */
    static String of(AdminModel model, String resource) {
        Object value = value(model, resource);
        return value == null
                ? null
                : AdminJson.write(Map.of("amps", Map.of("instance", Map.of(resource, value))));
    }

    private static Object value(AdminModel model, String resource) {
        return switch (resource) {
            case "name" -> model.name();
            case "version" -> model.version();
            case "timestamp" -> timestamp(model.now());
            case "sow" -> model.sowTopics().stream().map(AdminDocument::row).toList();
            case "queues" -> model.queues().stream().map(AdminDocument::row).toList();
            case "views" -> model.views().stream().map(AdminDocument::row).toList();
            case "transaction_log" -> row(model.log());
            case "subscriptions" -> model.subscriptions().stream().map(AdminDocument::row).toList();
            case "clients" -> model.clientNames().stream().map(AdminDocument::client).toList();
            case "transports" -> model.transports().stream().map(AdminDocument::row).toList();
            default -> null;
        };
    }

    private static Map<String, Object> row(AdminModel.SowTopic topic) {
        return row(
                "topic", topic.topic(),
                "message_type", topic.messageType(),
                "valid_keys", topic.records(),
                "insert_count", topic.inserts(),
                "update_count", topic.updates(),
                "delete_count", topic.deletes(),
                "historical_window",
                        topic.historyWindow() == null ? 0 : topic.historyWindow().toSeconds());
    }

    private static Map<String, Object> row(AdminModel.Queue queue) {
        return row(
                "topic", queue.topic(),
                "queue_depth", queue.depth(),
                "backlog", queue.backlog(),
                "age_of_oldest_lease", queue.ageOfOldestLease().toSeconds(),
                "expired_leases", queue.expiredLeases());
    }

    private static Map<String, Object> client(String name) {
        return row("client_name", name);
    }

    private static Map<String, Object> row(AdminModel.View view) {
        return row(
                "topic", view.topic(),
                "underlying_topic", view.underlyingTopic(),
                "message_type", view.messageType());
    }

    private static Map<String, Object> row(AdminModel.LogRange log) {
        return row(
                "min_timestamp", timestamp(log.oldest()),
                "max_timestamp", timestamp(log.newest()));
    }

    private static Map<String, Object> row(SubscriptionView subscription) {
        return row(
                "client_name", subscription.clientName(),
                "sub_id", subscription.subId(),
                "topic", subscription.topic(),
                "filter", subscription.filter(),
                "options", subscription.options(),
                "bookmark", subscription.bookmark());
    }

    private static Map<String, Object> row(AdminModel.Transport transport) {
        return row(
                "name", transport.name(),
                "type", transport.type(),
                "port", transport.port());
    }

    /** Names and values in turn. */
    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static String timestamp(Instant instant) {
        return instant == null ? null : TIMESTAMP.format(instant);
    }
}

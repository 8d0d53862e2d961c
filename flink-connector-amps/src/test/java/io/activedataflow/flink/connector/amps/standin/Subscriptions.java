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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions of one connection by id. Thread-safe. */
final class Subscriptions {

    private final Map<String, Subscription> byId = new LinkedHashMap<>();

    /** Those plain subscriptions of equal look that get a message, which share a frame. */
    record Delivery(PlainSubscription.Look look, Reading reading, List<String> subIds) {}

    synchronized Subscription get(String subId) {
        return byId.get(subId);
    }

    /** Does something while no message is delivered. */
    synchronized void atomically(Runnable step) {
        step.run();
    }

    synchronized void put(String subId, Subscription subscription) {
        byId.put(subId, subscription);
    }

    synchronized void remove(String subId) {
        Subscription subscription = byId.remove(subId);
        if (subscription != null) {
            subscription.close();
        }
    }

    synchronized void removeAll() {
        byId.values().forEach(Subscription::close);
        byId.clear();
    }

    synchronized List<SubscriptionView> views() {
        return byId.values().stream().map(Subscription::view).toList();
    }

    /** Those that follow the state of the world. */
    synchronized List<SowSubscription> ofSow() {
        List<SowSubscription> found = null;
        for (Subscription subscription : byId.values()) {
            if (subscription instanceof SowSubscription sow) {
                found = found == null ? new ArrayList<>() : found;
                found.add(sow);
            }
        }
        return found == null ? List.of() : found;
    }

    /** Who gets a message that has just been published. */
    synchronized List<Delivery> deliveries(Message message) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Map.Entry<String, Subscription> entry : byId.entrySet()) {
            if (entry.getValue() instanceof PlainSubscription plain && plain.wants(message)) {
                deliveryFor(plain, deliveries).subIds().add(entry.getKey());
            }
        }
        return deliveries;
    }

    private static Delivery deliveryFor(PlainSubscription plain, List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery.look().equals(plain.look())) {
                return delivery;
            }
        }
        Delivery delivery = new Delivery(plain.look(), plain.reading(), new ArrayList<>());
        deliveries.add(delivery);
        return delivery;
    }
}

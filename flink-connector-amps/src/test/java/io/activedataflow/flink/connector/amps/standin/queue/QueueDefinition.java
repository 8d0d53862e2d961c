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

package io.activedataflow.flink.connector.amps.standin.queue;

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilter;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;
import io.activedataflow.flink.connector.amps.standin.filter.TopicMatcher;
import io.activedataflow.flink.connector.amps.standin.filter.ValueExpression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a queue was configured with. The queue is that of one instance: replication brings messages
 * but no ownership. Its recovery point is the epoch, that is, it holds whatever is in the
 * transaction log and was not taken from it, also when another server is started with that log.
 *
 * @param name the topic that is subscribed to
 * @param topics where its messages are published to
 * @param publishTarget where a message goes that is published to the name
 * @param messageType how filter, priority and barrier read bodies
 * @param leasePeriod null for leases without end
 * @param maxBacklog leases at a time, of all subscriptions; 0 for no limit
 * @param maxPerSubscriptionBacklog leases at a time of one subscription
 * @param expiration after which a message that is not leased is dropped; null for never
 * @param filter which messages the queue takes; null for all
 * @param maxDeliveries deliveries after which a message expires; 0 for no limit
 * @param maxCancels cancels after which a message expires; 0 for no limit
 * @param priority null for none
 * @param barrier which messages are barriers; null for none
 * @param takesUnleased whether a message that nobody has leased can be acknowledged, too, where
 *     leasing is not strict
 */
public record QueueDefinition(
        String name,
        List<TopicMatcher> topics,
        String publishTarget,
        String messageType,
        Semantics semantics,
        Duration leasePeriod,
        int maxBacklog,
        int maxPerSubscriptionBacklog,
        Duration expiration,
        ContentFilter filter,
        Fairness fairness,
        Leasing leasing,
        int maxDeliveries,
        int maxCancels,
        ValueExpression priority,
        ContentFilter barrier,
        boolean takesUnleased) {

    /** When a message leaves the queue. */
    public enum Semantics {
        /** When it is acknowledged. */
        AT_LEAST_ONCE,
        /** When it is sent; there are no leases and no backlog. */
        AT_MOST_ONCE
    }

    /** Who gets the next message, of those who want it and have room for it. */
    public enum Fairness {
        /** Who has the smallest part of the backlog in use, then who subscribed first. */
        PROPORTIONAL,
        /** One after the other. */
        ROUND_ROBIN,
        /** Who subscribed first. */
        FAST
    }

    /** Who may acknowledge, cancel and expire what is leased. */
    public enum Leasing {
        /** Everybody. */
        SUBLET,
        /** The client that has leased it. */
        STRICT
    }

    /** A queue with everything at its default. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Whether what is published to a topic comes to this queue. */
    public boolean isFedBy(String topic) {
        return topics.stream().anyMatch(matcher -> matcher.matches(topic));
    }

    /** How many leases a subscription gets that asks for so many. */
    public int effectiveBacklog(int requested) {
        return Math.min(requested, maxPerSubscriptionBacklog);
    }

    /** Whether messages are leased before they leave. */
    public boolean isLeasing() {
        return semantics == Semantics.AT_LEAST_ONCE;
    }

    boolean mayLeaseMore(int leased) {
        return maxBacklog == 0 || leased < maxBacklog;
    }

    /** Whether a message has been delivered or given back too often to be delivered again. */
    boolean isTooMuch(int deliveries, int cancels) {
        return (maxDeliveries > 0 && deliveries >= maxDeliveries)
                || (maxCancels > 0 && cancels >= maxCancels);
    }

    /** Configures a queue. */
    public static final class Builder {

        private final String name;
        private final List<TopicMatcher> topics = new ArrayList<>();
        private String publishTarget;
        private String messageType = "json";
        private Semantics semantics = Semantics.AT_LEAST_ONCE;
        private Duration leasePeriod;
        private int maxBacklog;
        private int maxPerSubscriptionBacklog = 1;
        private Duration expiration;
        private ContentFilter filter;
        private Fairness fairness;
        private Leasing leasing = Leasing.SUBLET;
        private int maxDeliveries;
        private int maxCancels;
        private ValueExpression priority;
        private ContentFilter barrier;
        private boolean takesUnleased;

        private Builder(String name) {
            this.name = name;
        }

        /** Another underlying topic, a name or a pattern; default the name of the queue. */
        public Builder underlyingTopic(String topic) {
            topics.add(read("underlying topic", () -> TopicMatcher.of(topic, false)));
            return this;
        }

        /** Default the one underlying topic, or else the name of the queue. */
        public Builder publishTarget(String topic) {
            publishTarget = topic;
            return this;
        }

        /** How filter, priority and barrier read bodies; default {@code json}. */
        public Builder messageType(String value) {
            messageType = value;
            return this;
        }

        /** Default at least once. */
        public Builder semantics(Semantics value) {
            semantics = value;
            return this;
        }

        /** Default leases without end. */
        public Builder leasePeriod(Duration value) {
            leasePeriod = value;
            return this;
        }

        /** Leases at a time of all subscriptions; default 0, no limit. */
        public Builder maxBacklog(int value) {
            maxBacklog = value;
            return this;
        }

        /** Leases at a time of one subscription; default 1. */
        public Builder maxPerSubscriptionBacklog(int value) {
            maxPerSubscriptionBacklog = value;
            return this;
        }

        /** For how long messages wait; default for ever. */
        public Builder expiration(Duration value) {
            expiration = value;
            return this;
        }

        /** Which messages the queue takes; default all. */
        public Builder filter(String text) {
            filter = read("filter", () -> ContentFilter.parse(text));
            return this;
        }

        /** Default proportional with at least once, round robin with at most once. */
        public Builder fairness(Fairness value) {
            fairness = value;
            return this;
        }

        /** Default sublet. */
        public Builder leasing(Leasing value) {
            leasing = value;
            return this;
        }

        /** Deliveries after which a message expires; default 0, no limit. */
        public Builder maxDeliveries(int value) {
            maxDeliveries = value;
            return this;
        }

        /** Cancels after which a message expires; default 0, no limit. */
        public Builder maxCancels(int value) {
            maxCancels = value;
            return this;
        }

        /** The highest number is delivered first; default the order of arrival. */
        public Builder priority(String expression) {
            priority = read("priority", () -> ValueExpression.parse(expression));
            return this;
        }

        /**
         * Which messages are barriers: delivered to all subscriptions, whatever their filter and
         * backlog, when everything before has left the queue, and nothing behind them before.
         * Default none.
         */
        public Builder barrier(String text) {
            barrier = read("barrier", () -> ContentFilter.parse(text));
            return this;
        }

        /**
         * Whether a message that nobody has leased can be acknowledged, too. The documentation is
         * not clear; default no. Without effect where leasing is strict.
         */
        public Builder takesUnleased(boolean value) {
            takesUnleased = value;
            return this;
        }

        /**
         * The definition.
         *
         * @throws IllegalArgumentException if it makes no sense
         */
        public QueueDefinition build() {
            if (topics.isEmpty()) {
                topics.add(read("name", () -> TopicMatcher.of(name, true)));
            }
            boolean named = topics.size() == 1 && !topics.get(0).isPattern();
            String target =
                    publishTarget == null && named ? topics.get(0).toString() : publishTarget;
            check(priority == null || barrier == null, "has a priority and barriers, not both");
            check(
                    topics.stream()
                            .anyMatch(topic -> topic.matches(target == null ? name : target)),
                    "does not take what is published to it; set publishTarget to a topic it takes");
            check(maxPerSubscriptionBacklog > 0, "needs a backlog per subscription of at least 1");
            return new QueueDefinition(
                    name,
                    List.copyOf(topics),
                    target == null ? name : target,
                    messageType,
                    semantics,
                    leasePeriod,
                    maxBacklog,
                    maxPerSubscriptionBacklog,
                    expiration,
                    filter,
                    fairness == null ? defaultFairness() : fairness,
                    leasing,
                    maxDeliveries,
                    maxCancels,
                    priority,
                    barrier,
                    takesUnleased);
        }

        private Fairness defaultFairness() {
            return semantics == Semantics.AT_MOST_ONCE
                    ? Fairness.ROUND_ROBIN
                    : Fairness.PROPORTIONAL;
        }

        private void check(boolean condition, String problem) {
            if (!condition) {
                throw new IllegalArgumentException("Queue " + name + ' ' + problem + '.');
            }
        }

        private <T> T read(String what, Source<T> source) {
            try {
                return source.read();
            } catch (FilterSyntaxException e) {
                throw new IllegalArgumentException(
                        "The " + what + " of queue " + name + " is wrong: " + e.getMessage(), e);
            }
        }

        private interface Source<T> {
            T read() throws FilterSyntaxException;
        }
    }
}

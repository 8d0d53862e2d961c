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

package io.activedataflow.flink.connector.redis.testutils;

import java.util.List;

/**
 * The move of one hash slot from a master to another, step by step, so that a test can look at the
 * slot in between. Begun by {@link RedisClusterFixture#beginMigration}.
 */
public final class SlotMigration {

    private static final int KEYS_PER_STEP = 100;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final RedisClusterFixture cluster;
    private final int slot;
    private final ClusterNode from;
    private final ClusterNode to;

    SlotMigration(RedisClusterFixture cluster, int slot, ClusterNode from, ClusterNode to) {
        this.cluster = cluster;
        this.slot = slot;
        this.from = from;
        this.to = to;
    }

    /** Called by {@link RedisClusterFixture#migrateSlot} while a slot is on its way. */
    @FunctionalInterface
    public interface Hook {

        void at(Stage stage);
    }

    /** Where a slot on its way is. */
    public enum Stage {
        /** MIGRATING and IMPORTING; all keys are still at the old master, which serves them. */
        BEFORE_KEYS,
        /** The keys have moved: the old master, still the owner, answers {@code ASK}. */
        AFTER_KEYS
    }

    /** The slot's old master. */
    public ClusterNode from() {
        return from;
    }

    /** The slot's new master. */
    public ClusterNode to() {
        return to;
    }

    void begin() {
        setSlot(to, "IMPORTING", from.id());
        setSlot(from, "MIGRATING", to.id());
    }

    /** Moves all keys of the slot; from then on the old master answers {@code ASK} for them. */
    public void moveKeys() {
        try (RedisCommands source = from.connect()) {
            while (true) {
                List<Object> keys = source.list("CLUSTER", "GETKEYSINSLOT", slot, KEYS_PER_STEP);
                if (keys.isEmpty()) {
                    return;
                }
                for (Object key : keys) {
                    source.text("MIGRATE", to.host(), to.port(), key, 0, TIMEOUT_MILLIS);
                }
            }
        }
    }

    /**
     * Hands the slot over; from then on the old master answers {@code MOVED}. Returns when every
     * node knows.
     */
    public void finish() {
        setSlot(to, "NODE", to.id());
        setSlot(from, "NODE", to.id());
        cluster.awaitOwner(slot, to);
    }

    /** Calls the move off; the keys must not have been moved. */
    public void cancel() {
        setSlot(from, "STABLE");
        setSlot(to, "STABLE");
    }

    private void setSlot(ClusterNode node, Object... state) {
        try (RedisCommands redis = node.connect()) {
            Object[] words = new Object[3 + state.length];
            words[0] = "CLUSTER";
            words[1] = "SETSLOT";
            words[2] = slot;
            System.arraycopy(state, 0, words, 3, state.length);
            redis.text(words);
        }
    }
}
